people-birth-year = Give the year of birth in four digits.
people-birth-date = The date of birth is of another year than the year of birth.
