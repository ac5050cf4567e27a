# Parties and public associations.
organisations-title = Parties and associations
organisations-lead = They propose members of commissions and nominate candidates. Members and files name them as they stand here.
organisations-none = No party or association is on record yet.
organisations-name = Name
organisations-kind = What it is
organisations-party = political party
organisations-association = public association
organisations-new = Put one on record
organisations-name-kk = Name in Kazakh
organisations-name-ru = Name in Russian
organisations-name-en = Name in English
organisations-button = Put on record
organisations-taken = A party or association with this name is already on record.
done-organisation-added = The organisation is on record.
