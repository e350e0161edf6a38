/** Ferries between ports: two keys to one table, told apart by verbs; names of what is only a profile of somebody. */
import type { Domain } from './domain.js';

export const ferries: Domain = {
  name: 'ferries',
  today: '2025-06-15',
  sql: [
    `create table ports (port_id int primary key, port_name text not null, town text not null, berths int not null)`,
    `create table captain_profile (
      captain_id int primary key, captain_name text not null, agent_name text not null, age int not null)`,
    `create table crossings (
      crossing_id int primary key, start_port_id int not null references ports, end_port_id int not null references ports,
      captain_id int not null references captain_profile, vessel text not null, minutes int not null)`,
    `insert into ports values (1,'Old Quay','Selby',4),(2,'Mole','Harwin',9),(3,'Sandhook','Selby',2),(4,'Breakwater','Tarn',6)`,
    `insert into captain_profile values (1,'Ines Falk','Bo Lind',41),(2,'Per Ahl','Una Krog',55),(3,'Sia Moe','Bo Lind',38)`,
    `insert into crossings select i, 1 + i % 4, 1 + (i * 3 + 1) % 4, 1 + i % 3, (array['Tern','Gannet','Tern','Eider'])[1 + i % 4], 20 + i * 7
      from generate_series(1, 11) i where 1 + i % 4 <> 1 + (i * 3 + 1) % 4`,
  ],
  cases: [
    ['how many crossings are there', 'select count(*) from crossings'],
    ['names and ages of the captains', 'select captain_name, age from captain_profile'],
    [
      'how many crossings ended in Selby?',
      `select count(*) from crossings c join ports p on p.port_id = c.end_port_id where p.town = 'Selby'`,
    ],
    [
      'how many crossings started in Selby?',
      `select count(*) from crossings c join ports p on p.port_id = c.start_port_id where p.town = 'Selby'`,
    ],
    [
      'the ids of the crossings that started from the port with the most berths',
      'select crossing_id from crossings where start_port_id = 2',
    ],
    [
      'the most common vessel of the crossings',
      'select vessel from crossings group by vessel order by count(*) desc, vessel limit 1',
    ],
  ],
  refusals: [['crossings of Selby', /more than one way/]],
  talks: [
    [
      [
        'how many crossings ended in Tarn?',
        `select count(*) from crossings c join ports p on p.port_id = c.end_port_id where p.town = 'Tarn'`,
      ],
    ],
  ],
};
