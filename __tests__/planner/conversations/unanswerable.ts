/** Requests that the domains can't answer: what they ask for is not there, or is no question about the data. */

const library = [
  'which of them are active',
  'which books belong to them',
  'what books are in those',
  'what members does it have',
  'how many dvds does the library have',
  'which books won an award',
  'what is the phone number of Ann Bell',
  'who is the nicest member',
  'how many books will be borrowed next year',
  'which book should I read next',
  'what is the capital of Spain',
  'average rating of books',
  'books with a red cover',
  'members who were born in 1990',
  'how many employees work at each branch',
  'what is the salary of the librarian in York',
  'is Silent Harbor a good book',
  'why are there so few books in German',
  'books that are shorter than the Bible',
  'what is the weight of each book',
  'which members are vegetarians',
];

const clinic = [
  'what is the blood type of Max Nord',
  'which patients smoke',
  'how many beds are there in Cardiology',
  'patients with high blood pressure',
  'what medication should Lia Marsh take',
  'which doctor speaks French',
  'phone numbers of doctors',
  'how many nurses work in Surgery',
  'average waiting time for appointments',
  'will Otto Pell survive',
  'predict the number of appointments next month',
  'which drug has the most side effects',
  'email addresses of patients',
];

const school = [
  'which students play football',
  'what is the room number of Algebra',
  'how many buses does the school have',
  'which teacher is the funniest',
  'list the parents of Noa Ames',
  'what is the meaning of life',
  'students who failed the bar exam',
  'textbooks used in Genetics',
  'average height of students',
  'which courses are taught online',
  'teachers with a doctorate',
];

const airline = [
  'how many pilots flew to Lisbon',
  'which flights served vegetarian meals',
  'what is the weather in Lisbon',
  'passengers who lost their luggage',
  'which airline is the safest',
  'email addresses of passengers',
  'how much fuel did each flight use',
  'runways at Lisbon',
  'book me a flight to Paris',
  'who was the first man on the moon',
  'average age of passengers',
];

const helpdesk = [
  'which agents are on vacation',
  'customer satisfaction per agent',
  'what is the phone number of Acorn Ltd',
  'how angry are the clients',
  'tickets reopened more than twice',
  'what is the stock price of Acorn Ltd',
  'which ticket is the most interesting',
  'write me a poem about tickets',
  'how many printers are there',
  'what languages does Kim Vale speak',
  'agents who like jazz',
  'translate the ticket subjects into German',
];

const shop = [
  'which customers are left-handed',
  'what is the profit margin of our competitors',
  'average height of employees',
  'what color is the most expensive product',
  'who will win the election',
  'which supplier delivers the most products',
  'number of website visits per day',
  'how many customers have children',
  'send an email to all customers',
  'product warranty period',
  'are our customers happy',
  'the most beautiful product',
  'recommend a gift for my mother',
  'what is the square root of 144',
  'asdf qwer zxcv',
];

export const unanswerable = { library, clinic, school, airline, helpdesk, shop };
