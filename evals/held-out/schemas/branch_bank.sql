CREATE TABLE ref_account_types (account_type_code VARCHAR(10) PRIMARY KEY, account_type_description VARCHAR(50) NOT NULL);
CREATE TABLE ref_transaction_types (transaction_type_code VARCHAR(10) PRIMARY KEY, transaction_type_description VARCHAR(50) NOT NULL);
CREATE TABLE bank_branches (branch_id INTEGER PRIMARY KEY, branch_name VARCHAR(60), branch_city VARCHAR(50), branch_state_code CHAR(2), branch_opening_date DATE, number_of_staff INTEGER, other_details VARCHAR(100));
CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, customer_first_name VARCHAR(40), customer_last_name VARCHAR(40), customer_gender_code CHAR(1), customer_date_of_birth DATE, customer_city VARCHAR(50), customer_email_address VARCHAR(80), credit_score INTEGER, other_details VARCHAR(100));
CREATE TABLE accounts (account_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(customer_id), branch_id INTEGER NOT NULL REFERENCES bank_branches(branch_id), account_type_code VARCHAR(10) NOT NULL REFERENCES ref_account_types(account_type_code), account_name VARCHAR(60), date_account_opened DATE, account_balance NUMERIC(12,2), other_details VARCHAR(100));
CREATE TABLE loans (loan_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(customer_id), branch_id INTEGER NOT NULL REFERENCES bank_branches(branch_id), loan_type VARCHAR(30), loan_status VARCHAR(20), loan_amount NUMERIC(12,2), interest_rate NUMERIC(4,2), date_loan_granted DATE, other_details VARCHAR(100));
CREATE TABLE transactions (transaction_id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts(account_id), transaction_type_code VARCHAR(10) NOT NULL REFERENCES ref_transaction_types(transaction_type_code), transaction_date DATE, transaction_amount NUMERIC(10,2), other_details VARCHAR(100));

INSERT INTO ref_account_types (account_type_code, account_type_description) VALUES
  ('CHK', 'Checking'),
  ('SAV', 'Savings'),
  ('MMK', 'Money market'),
  ('BUS', 'Business'),
  ('TRU', 'Trust');

INSERT INTO ref_transaction_types (transaction_type_code, transaction_type_description) VALUES
  ('DEP', 'Deposit'),
  ('WDR', 'Cash withdrawal'),
  ('TRF', 'Transfer'),
  ('FEE', 'Service fee'),
  ('PMT', 'Card payment');

INSERT INTO bank_branches (branch_id, branch_name, branch_city, branch_state_code, branch_opening_date, number_of_staff, other_details) VALUES
  (1, 'Riverside Central', 'Springfield', 'IL', '1987-04-12', 24, NULL),
  (2, 'Oakmont', 'Peoria', 'IL', '1994-09-01', 12, 'drive-through'),
  (3, 'Lakeshore', 'Chicago', 'IL', '1979-06-15', 41, NULL),
  (4, 'Maple Square', 'Madison', 'WI', '2003-03-20', 15, NULL),
  (5, 'Harbor Point', 'Milwaukee', 'WI', '1991-11-05', 19, 'n/a'),
  (6, 'Old Mill', 'Springfield', 'IL', '2010-01-18', 8, NULL),
  (7, 'Northgate', 'Chicago', 'IL', '1998-07-30', 33, NULL),
  (8, 'Fox Valley', 'Appleton', 'WI', '2016-05-09', 6, NULL),
  (9, 'Gateway', 'St. Louis', 'MO', '2019-10-14', 9, 'new');

INSERT INTO customers (customer_id, customer_first_name, customer_last_name, customer_gender_code, customer_date_of_birth, customer_city, customer_email_address, credit_score, other_details) VALUES
  (101, 'Laura', 'Hensley', 'F', '1974-03-11', 'Springfield', 'laura.hensley@mailbox.com', 712, 'VIP'),
  (102, 'Marcus', 'Doyle', 'M', '1988-07-02', 'Chicago', 'mdoyle@webpost.net', 655, NULL),
  (103, 'Priya', 'Raman', 'F', '1991-12-19', 'Chicago', 'priya.raman@mailbox.com', 781, 'see file'),
  (104, 'Laura', 'Castillo', 'F', '1966-05-27', 'Madison', NULL, 690, NULL),
  (105, 'Howard', 'Beck', 'M', '1952-01-30', 'Peoria', NULL, 803, NULL),
  (106, 'Tanya', 'Whitlock', 'F', '1983-09-14', 'Milwaukee', 'tanya.w@inbox.org', 598, NULL),
  (107, 'Derek', 'Nguyen', 'M', '1995-04-06', 'Chicago', 'dnguyen@mailbox.com', 641, 'VIP'),
  (108, 'Elaine', 'Doyle', 'F', '1979-11-23', 'Springfield', 'elaine.doyle@inbox.org', 734, NULL),
  (109, 'Samuel', 'Ortega', 'M', '1970-08-08', 'Appleton', 's.ortega@webpost.net', 667, NULL),
  (110, 'Grace', 'Lindqvist', 'F', '1998-02-17', 'Madison', 'grace.l@mailbox.com', 702, NULL),
  (111, 'Victor', 'Pacheco', 'M', '1961-06-21', 'Milwaukee', NULL, 755, NULL),
  (112, 'Marcus', 'Allard', 'M', '1986-10-03', 'Peoria', 'm.allard@inbox.org', 619, 'see file'),
  (113, 'Nadia', 'Karim', 'F', '1993-03-29', 'Chicago', 'nkarim@webpost.net', 726, 'see file'),
  (114, 'Owen', 'Prescott', 'M', '2001-07-15', 'Springfield', 'owenp@mailbox.com', 574, NULL),
  (115, 'Ruth', 'Beck', 'F', '1955-12-02', 'Peoria', 'ruth.beck@inbox.org', 818, NULL),
  (116, 'Ian', 'Falkner', 'M', '1977-05-05', 'Rockford', NULL, 683, NULL);

INSERT INTO accounts (account_id, customer_id, branch_id, account_type_code, account_name, date_account_opened, account_balance, other_details) VALUES
  (5001, 101, 1, 'CHK', 'Household', '2009-02-11', 4820.55, 'n/a'),
  (5002, 101, 1, 'SAV', 'Rainy day', '2009-02-11', 15300, 'paperless'),
  (5003, 102, 3, 'CHK', 'Daily', '2014-06-01', 1290.1, NULL),
  (5004, 102, 3, 'SAV', 'House fund', '2016-09-20', 22750.4, 'n/a'),
  (5005, 103, 3, 'CHK', 'Main', '2015-03-15', 8875, NULL),
  (5006, 103, 7, 'MMK', 'Growth', '2019-11-02', 41200.75, NULL),
  (5007, 104, 4, 'SAV', 'Nest egg', '2005-08-23', 33410.2, 'n/a'),
  (5008, 105, 2, 'SAV', 'Retirement', '1996-01-09', 88150.9, 'n/a'),
  (5009, 105, 2, 'BUS', 'Beck Hardware', '1999-04-30', 27600, 'n/a'),
  (5010, 106, 5, 'CHK', 'Everyday', '2012-10-10', 310.45, NULL),
  (5011, 107, 7, 'CHK', 'Payroll', '2018-05-21', 2045.6, 'n/a'),
  (5012, 107, 7, 'SAV', 'Travel', '2020-01-13', 960, 'n/a'),
  (5013, 108, 6, 'CHK', 'Joint', '2011-07-07', 6112.3, 'paperless'),
  (5014, 109, 8, 'BUS', 'Ortega Plumbing', '2017-02-28', 19480.85, NULL),
  (5015, 109, 8, 'CHK', 'Personal', '2017-02-28', 3315, NULL),
  (5016, 110, 4, 'CHK', 'Student', '2019-09-05', 745.25, NULL),
  (5017, 111, 5, 'SAV', 'Emergency', '2001-12-12', 51060, 'n/a'),
  (5018, 111, 5, 'MMK', 'Investment', '2006-06-18', 73900.5, NULL),
  (5019, 112, 2, 'CHK', 'Bills', '2013-04-04', 1502.75, 'paperless'),
  (5020, 113, 3, 'SAV', 'Wedding', '2021-03-08', 12840.6, 'paperless'),
  (5021, 114, 6, 'CHK', 'Starter', '2022-08-30', 128.9, NULL),
  (5022, 115, 2, 'CHK', 'Pension', '2008-11-11', 9675.15, 'n/a'),
  (5023, 113, 7, 'CHK', 'Groceries', '2021-03-08', 2210.35, NULL),
  (5024, 108, 1, 'MMK', 'Growth', '2018-10-25', 18005, 'n/a');

INSERT INTO loans (loan_id, customer_id, branch_id, loan_type, loan_status, loan_amount, interest_rate, date_loan_granted, other_details) VALUES
  (901, 101, 1, 'Mortgage', 'Active', 182000, 3.75, '2012-05-14', NULL),
  (902, 102, 3, 'Auto', 'Paid off', 14500, 5.2, '2016-03-02', NULL),
  (903, 102, 3, 'Personal', 'Active', 6000, 9.1, '2021-10-19', NULL),
  (904, 104, 4, 'Mortgage', 'Paid off', 96500, 4.4, '2006-02-08', NULL),
  (905, 106, 5, 'Personal', 'Defaulted', 8200, 11.5, '2018-07-25', NULL),
  (906, 106, 5, 'Auto', 'Active', 17300, 6.8, '2021-01-30', NULL),
  (907, 108, 6, 'Home equity', 'Active', 45000, 2.9, '2019-06-11', NULL),
  (908, 109, 8, 'Business', 'Active', 75000, 6.1, '2018-09-03', NULL),
  (909, 109, 8, 'Auto', 'Paid off', 28900, 5.5, '2017-04-17', NULL),
  (910, 112, 2, 'Personal', 'Defaulted', 5100, 12.25, '2015-11-28', NULL),
  (911, 113, 7, 'Auto', 'Active', 21400, 4.75, '2021-05-06', NULL),
  (912, 103, 7, 'Mortgage', 'Active', 264000, 3.1, '2021-08-12', NULL),
  (913, 111, 5, 'Business', 'Paid off', 52000, 5.95, '2008-12-01', NULL),
  (914, 116, 1, 'Personal', 'Active', 9800, 8.4, '2022-02-22', NULL),
  (915, 101, 1, 'Auto', 'Paid off', 19250, 4.2, '2015-07-09', NULL),
  (916, 107, 7, 'Mortgage', 'Active', 148500, 3.6, '2022-06-27', NULL),
  (917, 111, 5, 'Mortgage', 'Paid off', 67000, 6.5, '2003-03-17', NULL),
  (918, 103, 3, 'Mortgage', 'Paid off', 120000, 4.6, '2013-02-11', NULL);

INSERT INTO transactions (transaction_id, account_id, transaction_type_code, transaction_date, transaction_amount, other_details) VALUES
  (70001, 5022, 'WDR', '2023-04-12', 60, NULL),
  (70002, 5003, 'PMT', '2023-09-14', 86.35, 'branch'),
  (70003, 5023, 'TRF', '2023-12-25', 663, NULL),
  (70004, 5023, 'DEP', '2023-08-10', 1329, NULL),
  (70005, 5021, 'DEP', '2023-07-02', 1812, NULL),
  (70006, 5022, 'FEE', '2023-08-19', 25, 'online'),
  (70007, 5003, 'DEP', '2023-12-23', 1205, 'branch'),
  (70008, 5023, 'PMT', '2023-06-01', 288.07, 'online'),
  (70009, 5006, 'WDR', '2023-03-24', 40, NULL),
  (70010, 5015, 'TRF', '2023-05-05', 390, 'online'),
  (70011, 5022, 'FEE', '2023-04-05', 12, NULL),
  (70012, 5005, 'DEP', '2023-03-09', 1050, 'branch'),
  (70013, 5005, 'DEP', '2023-03-23', 1816, NULL),
  (70014, 5022, 'TRF', '2023-11-13', 867, NULL),
  (70015, 5003, 'DEP', '2023-01-04', 955, NULL),
  (70016, 5005, 'PMT', '2023-04-20', 247.43, 'online'),
  (70017, 5011, 'DEP', '2023-08-15', 1522, 'online'),
  (70018, 5012, 'TRF', '2023-05-16', 259, NULL),
  (70019, 5001, 'PMT', '2023-01-25', 62.91, 'branch'),
  (70020, 5003, 'PMT', '2023-06-25', 149.85, NULL),
  (70021, 5022, 'PMT', '2023-04-27', 93.1, 'online'),
  (70022, 5010, 'PMT', '2023-01-26', 145.45, 'branch'),
  (70023, 5011, 'TRF', '2023-06-12', 755, NULL),
  (70024, 5004, 'DEP', '2023-10-20', 1029, NULL),
  (70025, 5014, 'TRF', '2023-12-25', 1402, NULL),
  (70026, 5006, 'TRF', '2023-07-15', 227, 'online'),
  (70027, 5003, 'PMT', '2023-08-26', 15.88, NULL),
  (70028, 5024, 'PMT', '2023-01-01', 221.72, NULL),
  (70029, 5005, 'PMT', '2023-05-17', 16.06, NULL),
  (70030, 5023, 'FEE', '2023-01-24', 12, 'branch'),
  (70031, 5023, 'TRF', '2023-09-17', 1077, NULL),
  (70032, 5018, 'FEE', '2023-03-05', 12, 'online'),
  (70033, 5004, 'PMT', '2023-09-16', 274.52, NULL),
  (70034, 5002, 'PMT', '2023-09-15', 21.67, NULL),
  (70035, 5003, 'FEE', '2023-09-07', 25, 'branch'),
  (70036, 5021, 'TRF', '2023-09-09', 1089, NULL),
  (70037, 5018, 'FEE', '2023-02-22', 12, NULL),
  (70038, 5003, 'TRF', '2023-12-21', 300, 'branch');
