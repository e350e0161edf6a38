/** A puppet theatre: a key that was declared to the wrong table, people who coach each other, quantities of what is ordered. */
import type { Domain } from './domain.js';

export const puppetry: Domain = {
  name: 'puppetry',
  today: '2025-05-05',
  sql: [
    `create table plays (play_id int primary key, title text not null, mood text not null, synopsis text not null)`,
    `create table puppets (puppet_id int primary key, name text not null, play_id int references puppets, material text not null)`,
    `create table members (member_id int primary key, name text not null, email text not null)`,
    `create table coachings (coach_id int not null references members, pupil_id int not null references members, primary key (coach_id, pupil_id))`,
    `create table souvenirs (souvenir_id int primary key, label text not null, colour text not null)`,
    `create table orders (order_id int primary key, member_id int not null references members, souvenir_id int not null references souvenirs)`,
    `insert into plays select i, (array['The Well','Moon Soup','Red Thread','Old Kettle'])[i], (array['merry','sad','merry','eerie'])[i], (array['A fox digs a well','A hare cooks the moon','A fox spins','A kettle sings'])[i] from generate_series(1, 4) i`,
    `insert into puppets select i, (array['Fips','Hod','Mira','Ruk','Sol','Tam','Una'])[i], 1 + i % 3, (array['wood','felt'])[1 + i % 2] from generate_series(1, 7) i`,
    `insert into members select i, (array['Ida','Jan','Kit','Lou'])[i], (array['ida@post.example','jan@mail.example','kit@post.example','lou@web.example'])[i] from generate_series(1, 4) i`,
    `insert into coachings values (1, 2), (1, 3), (2, 4), (3, 4)`,
    `insert into souvenirs select i, (array['Cup','Scarf','Poster'])[i], (array['red','blue','red'])[i] from generate_series(1, 3) i`,
    `insert into orders select i, 1 + i % 4, 1 + (i * i) % 3 from generate_series(1, 12) i`,
  ],
  cases: [
    [
      'names of plays with at least 3 puppets',
      `select title from plays p where (select count(*) from puppets u where u.play_id = p.play_id) >= 3`,
    ],
    [
      'titles of plays that have no puppets',
      `select title from plays where play_id not in (select play_id from puppets)`,
    ],
    [
      'names of the puppets and the plays that they are in',
      `select u.name, p.title from puppets u join plays p using (play_id)`,
    ],
    [
      'which materials were used more than 3 times',
      `select material from puppets group by 1 having count(*) > 3`,
    ],
    [
      'colours that were used less than 2 times',
      `select colour from souvenirs group by 1 having count(*) < 2`,
    ],
    [
      'the most frequently ordered souvenir with its label',
      `select label from souvenirs s join orders o using (souvenir_id) group by souvenir_id, label order by count(*) desc, label limit 1`,
    ],
    [
      `members whose emails contain 'post' or 'web'`,
      `select name from members where email like '%post%' or email like '%web%'`,
    ],
    [
      `titles of plays whose synopsis contains the word 'kettle' or 'hare'`,
      `select title from plays where synopsis ilike '%kettle%' or synopsis ilike '%hare%'`,
    ],
    [
      `plays whose title starts with 'The' or 'Red'`,
      `select title from plays where title like 'The%' or title like 'Red%'`,
    ],
    [
      'the most common mood of plays',
      `select mood from plays group by 1 order by count(*) desc limit 1`,
    ],
  ],
  talks: [
    [
      ['sad plays', `select title from plays where mood = 'sad'`],
      ['and the merry ones', `select title from plays where mood = 'merry'`],
    ],
  ],
  refusals: [
    ['names of members who are admired by Ida', /./],
    ['which members were listed 3 times', /./],
  ],
};
