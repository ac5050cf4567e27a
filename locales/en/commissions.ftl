commissions-name-central = Central Election Commission
# $area: name of the district, city or region as the classifier has it
commissions-name-territorial = Territorial election commission: { $area }
# $area: No. 448
commissions-name-precinct = Precinct election commission { $area }
commissions-dates = The last day is before the first.
commissions-size = The law does not allow this number of members: 7 in a central or territorial commission, an odd number from 5 to 11 in a precinct one.
commissions-area-kind = A commission of this level can't be formed for an area of this kind.
commissions-area-taken = This area already has a commission in that time.
commissions-parent = The commission above must be the next one up.
commissions-already-seated = This person already sits in this commission in that time.
commissions-office-taken = Somebody else holds this office in that time. End that seat first.
commissions-full = All seats of this commission are taken in that time.
commissions-last-day = The last day must lie within the member's time.
commissions-already-ended = This seat has already been ended.
commissions-number = Give the number as it stands on the paper, at most 30 characters.
commissions-number-taken = The commission already has a decision with this number this year.
commissions-future = A decision can't be of a day that has not come.
commissions-dissent = A dissenting opinion needs its text and a member of the commission on that day.
commissions-vote-no-quorum = Too few were present: at least { $needed } members are needed (Article 20(4)).
commissions-vote-not-passed = The decision did not pass: at least { $needed } votes for are needed, more than half of all members (Article 20(5)).
commissions-vote-no-members = The commission had no members on that day.
commissions-vote-too-many-present = More members are present than the commission has.
commissions-vote-too-many-votes = There are more votes than members present.
commissions-vote-passed = This vote passed; choose the kind of the decision.
