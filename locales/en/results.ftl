results-home-title = Results
results-home-empty = There are no elections here yet.
results-now-before = Voting takes place on { $date }
results-now-voting = Voting is under way: { $open } of { $total } stations are open
results-now-closing = Stations are closing: { $closed } of { $total } have closed
results-now-counting = Votes are counted at { $counted } of { $total } stations
results-now-counted = Votes are counted at all { $total } stations
results-now-determined = The results of all { $count } contests are determined
results-now-published = The results are published
results-lead-before = { $count ->
    [one] { $count } station opens
   *[other] { $count } stations open
 } on voting day.
results-lead-turnout = { $at }: { $share } of voters had received ballots ({ $stations } of { $total } stations reporting).
results-contests-title = Territories
results-outcomes-title = Outcomes
results-lead-embargo = Votes are shown when the last station has closed: { $when }.
results-lead-counting = All protocols are accepted in { $complete } of { $total } contests. The others appear on this page as soon as a commission accepts them.
results-lead-counted = Commissions are determining the outcomes: { $determined } of { $total } are determined.
results-lead-determined = { $elected ->
    [one] { $elected } akim is elected.
   *[other] { $elected } akims are elected.
 }
results-lead-determined-repeat = { $elected ->
    [one] { $elected } akim is elected.
   *[other] { $elected } akims are elected.
 } Elections to be repeated: { $repeat }.
results-as-of = As of { $when }
results-figure-contests = contests: { $districts ->
    [one] { $districts } district
   *[other] { $districts } districts
 }, { $towns ->
    [one] { $towns } city
   *[other] { $towns } cities
 }
results-figure-stations = { $count ->
    [one] polling station
   *[other] polling stations
 }
results-figure-voters = { $count ->
    [one] voter on the lists
   *[other] voters on the lists
 }
results-figure-candidates = { $count ->
    [one] candidate on the ballots
   *[other] candidates on the ballots
 }
results-progress-title = State of the protocols: the same figures are in the list below
results-progress-accepted = accepted
results-progress-checking = being checked
results-progress-returned = returned for a recount or with faults
results-progress-missing = expected
results-map-turnout = Turnout by territory
results-map-where = Where the voting takes place
results-map-area-where = { $area }: { $count ->
    [one] { $count } station
   *[other] { $count } stations
 }
results-row-stations = { $count ->
    [one] { $count } station
   *[other] { $count } stations
 }
results-steps-title = Next steps
results-prepare-title = How the election is prepared
results-map-counted = Stations counted by territory
results-map-counted-percent = Stations counted by region, per cent
results-map-desc = Each territory leads to its page. The same facts are in the list of contests.
results-map-desc-percent = The numbers on the map are per cent of stations counted. The same facts are in the table of regions.
results-map-area-counted = { $area }: { $counted } of { $expected } stations counted
results-map-area-turnout = { $area }: turnout { $share }
results-key-few = few so far
results-key-half = about half
results-key-all = all counted
results-key-from = { $share } and more
results-same-in-table = The same facts as a list
results-find-title = Find your station
results-find-label = Station number, village or street
results-find-button = Find
results-find-example = For example: 448 or Priozersk
results-open-first = What is still open comes first
results-all-contests = All { $count } contests
results-check-title = How to check us
results-check-protocol-title = Compare a protocol
results-check-protocol-text = At every station the signed paper stands beside the figures as counted.
results-check-sum-title = Add it up yourself
results-check-sum-text = Download all data as CSV and JSON. Every protocol and every version of it is there.
results-check-log-title = Verify the log
results-check-log-text = A signed log proves that no record was changed afterwards.
results-contest-elected = Elected: { $name }
results-contest-counted = All counted
results-contest-counting = Counting
results-contest-returned = { $count ->
    [one] { $count } protocol returned
   *[other] { $count } protocols returned
 }
results-contest-before = Voting has not begun
results-contest-voting = Voting
results-contest-waiting = Waiting for protocols
results-contest-recount = Votes are counted again
results-outcome-recount = A recount runs: this outcome will be determined anew
results-register-recount = A recount runs: determine the outcome anew first.
results-lead-recount = Territories where votes are counted again: { $count }.
results-outcome-elected = Elected
results-outcome-tie = A tie: the election is repeated
results-outcome-no-votes = No candidate has a vote: the election is repeated
results-outcome-invalid = The election is declared invalid
results-why-elected = Has more votes than any other candidate: { $margin } ahead of the next.
results-why-tie = Several candidates share the highest number of votes: { $votes } each.
results-why-no-votes = All protocols are counted and no candidate has a vote.
results-why-invalid = The territorial commission has declared the election invalid.
results-decision = Decision No. { $number } of the commission, { $on }
results-basis = Basis: { $article }.
results-registered = Registered: powers since { $since }. Resigned from incompatible duties on { $resigned }.
results-registered-late = { $days ->
    [one] registered { $days } day after the legal term
   *[other] registered { $days } days after the legal term
 }
results-earlier-versions = { $count ->
    [one] This outcome was corrected; { $count } earlier version is kept.
   *[other] This outcome was corrected; { $count } earlier versions are kept.
 }
results-elected = elected
results-against-all = Against all
results-against-all-note = Counted, but cannot win
results-by-self = Self-nominated
results-by-superior-akim = Nominated by the superior akim
results-by-party = Nominated by a party
results-votes = { $count ->
    [one] { $count } vote
   *[other] { $count } votes
 }
results-share-note = Shares are of those who took part: { $base }. Invalid ballots ({ $invalid }) are not among them. The order is that of the ballot.
results-share-of = Shares are of those who took part: { $base }.
results-embargo-note = Votes are shown only after the last station that votes on this day has closed: no figure may influence those who still vote.
results-nothing-counted = No protocol is accepted yet.
results-votes-title = Votes
results-ballot-title = Ballot
results-turnout-title = Turnout
results-turnout-sentence = received ballots: { $part } of { $whole } voters on the lists
results-turnout-by-protocols = From all protocols.
results-turnout-reporting = { $at }: { $stations } of { $total } stations reporting. The share is of the lists of those stations.
results-turnout-none = No reports yet.
results-turnout-chart = Turnout over the day
results-turnout-table = The same facts as a table
results-x-of-y = { $part } of { $whole }
results-stations-counted = { $counted } of { $expected } stations counted
results-stations-title = Stations and protocols
results-stations-caption = The number of a station leads to its protocol.
results-number = No. { $number }
results-col-station = Station
results-col-on-list = On the list
results-col-received = Received ballots
results-col-took-part = Took part
results-col-invalid = Invalid
results-col-protocol = Protocol
results-col-hour = Hour
results-col-reporting = Stations reporting
results-col-turnout = Turnout
results-col-region = Region
results-col-contests = Contests
results-col-counted = Counted
results-col-line = Line
results-col-in-protocol = In the protocol
results-col-check = Check
results-protocol-expected = Protocol expected
results-protocol-submitted = Protocol being checked
results-protocol-submitted-with-faults = Sent with faults
results-protocol-returned = Returned for a recount
results-protocol-accepted = Protocol accepted
results-protocol-accepted-with-act = Accepted with an act
results-published-title = Published figures
results-published-text = Others published these figures; the source stands beside them. The people and votes on this page are not derived from them.
results-published-what = What was counted
results-published-figure = Figure
results-published-source = Source
results-synthetic = People, station figures and votes are synthetic; names of territories are real.
results-sourcing-probable = The sources do not name this territory outright; that it took part in the pilot is probable.
results-sourcing-none = No source names this territory: its place is kept, its name is not sourced.
results-regions-title = By region
results-regions-caption = Sums are made of accepted protocols; a region leads to its contests.
results-total = Total
results-screen-link = Screen for the hall
results-station-title = Polling station No. { $number }
results-choose-station = Several regions have this number. Choose yours.
results-version-at = version { $number }, { $when }
results-version = Version { $number }
results-row-place = Place
results-row-address = Address
results-row-hours = Voting
results-row-access = Access
results-row-special = Special station
results-row-on-list = Voters on the list
results-row-commission = Commission
results-opened = Opened at { $from }
results-opened-closed = Opened at { $from }, closed at { $until }
results-step-free = step-free access
results-steps = there are steps at the entrance
results-special = Special station
results-members = { $count ->
    [one] { $count } member
   *[other] { $count } members
 }
results-chair = chair { $name }
results-all-members = All members
results-office-chair = chair
results-office-deputy = deputy chair
results-office-secretary = secretary
results-office-member = member
results-station-votes = Votes at this station
results-no-protocol = The protocol of this station has not arrived yet.
results-protocol-title = The protocol as signed
results-old-version = This is the earlier version { $number }. The sums hold the newest accepted one.
results-paper-alt = Photo of the signed protocol
results-paper-open = Open the signed protocol (PDF)
results-paper-caption = The signed paper, version { $number }. Open it in full size.
results-no-paper = No signed paper is attached.
results-paper-former = Earlier photo, { $when }
results-lines-caption = Lines of the protocol and their checks
results-findings-title = Checks that do not hold
results-explained = The station explains: { $text }
results-all-checks-hold = All checks hold.
results-accepted-by = Accepted by: { $office }, { $when }.
results-events-title = What happened
results-event-sent = The station sent version { $number }.
results-event-sent-with-faults = The station sent version { $number } as the paper says, with faults.
results-event-returned = The higher commission returned version { $number } for a recount.
results-event-reopened = The higher commission ordered a recount of the accepted version { $number }.
results-event-paper = The station attached another photo of the paper to version { $number }.
results-event-no-paper = Without a photo of the paper: { $reason }
results-event-accepted = The higher commission accepted version { $number }.
results-event-accepted-with-act = The higher commission accepted version { $number } with act No. { $under }.
results-not-all-accepted = Not all protocols are accepted yet: { $accepted } of { $expected }. The outcome is determined when all are.
results-nobody-elected = Nobody is elected in this contest, so nobody can be registered.
results-registered-already = The elected person is registered already.
results-resignation-needed = Give the date of the written resignation from incompatible duties: without it there is no registration.
results-resignation-after-registration = The resignation can't be later than the decision to register.
results-measure-against-all = Against all
results-measure-average-age-of-elected = Average age of the elected, years
results-measure-candidates-on-ballot = Candidates on the ballot
results-measure-candidates-on-ballots = Candidates on the ballots
results-measure-cities-of-regional-significance = Cities of regional significance
results-measure-commission-members = Members of commissions
results-measure-commissions = Commissions
results-measure-commissions-city = City commissions
results-measure-commissions-district = District commissions
results-measure-commissions-precinct = Precinct commissions
results-measure-commissions-regional = Regional commissions
results-measure-contests = Akims to elect
results-measure-districts = Districts
results-measure-incumbents-reelected = Incumbents re-elected
results-measure-nominated = Nominated
results-measure-nominated-by-parties = Nominated by parties
results-measure-nominated-self = Self-nominated
results-measure-nominated-women = Women nominated
results-measure-observers = Observers
results-measure-polling-stations = Polling stations
results-measure-proxies-observers-media-approx = Proxies, observers, media (about)
results-measure-received-ballots = Received ballots
results-measure-registered = Candidates registered
results-measure-registered-by-parties = Registered from parties
results-measure-registered-self = Registered self-nominated
results-measure-registered-women = Women registered
results-measure-shift-workers = Shift workers
results-measure-took-part-as-published = Took part (as published)
results-measure-turnout = Turnout
results-measure-valid-sum = Votes over all lines
results-measure-voted = Voted
results-measure-voted-approx = Voted (about)
results-measure-voted-outside-premises = Voted outside the premises
results-measure-voters-on-lists = Voters on the lists
results-measure-voters-on-lists-more-than = Voters on the lists (more than)
results-measure-votes = Votes

results-office-outcome-title = Determine the outcome
results-office-outcome-decision = On the outcome of the election: { $of }
results-office-by-rules = What the votes came to by the rules
results-office-incomplete = Not every protocol is accepted yet: the outcome can't be determined, the contest can only be declared invalid
results-office-before = Determined before: { $outcome }. What you decide now becomes a new version; the earlier one stays readable.
results-office-decision = The commission's decision
results-office-invalid = The commission declares the election invalid
results-office-invalid-hint = Only for violations that make the will of the voters impossible to establish. The election is then repeated.
results-office-reason = Why the election is declared invalid
results-office-determine = Determine the outcome
results-office-elected-title = Register the elected person
results-office-elected-decision = On the registration of the elected person: { $of }
results-office-resigned = Day of the written resignation from incompatible duties
results-office-resigned-hint = Registration is possible only after it. Powers begin on the day of registration.
results-office-register = Register
done-outcome-determined = The outcome is determined.
done-elected-registered = The elected person is registered.
results-map-attribution = Boundaries: { $who }
results-grounds-title = On what the contest rests
results-ground-act = Act that fixed territory and day
results-ground-call = Decision that called the election
results-search-title = Search
results-search-label = Station, area, candidate or commission
results-search-stations = Polling stations
results-search-areas = Areas
results-search-candidates = Candidates
results-search-commissions = Commissions
results-search-none = Nothing has all the words of “{ $words }”. Try fewer words, or the number of the station.
results-search-all-stations = All stations found: { $count }
results-lead-later = { $open ->
    [one] { $open } contest votes on a later day.
   *[other] { $open } contests vote on a later day.
 }
results-contest-later = Votes on { $day }
results-turnout-remembered = These hours of reports are remembered, not sourced: { $slots }.
results-turnout-at = { $at }: { $stations } of { $total } stations reporting
results-from-protocols = from all protocols
results-received-at = { $received } ({ $at })
results-turnout-corrected = Corrected from { $before } to { $after } on { $when }: { $reason }
results-repeat-term = { $months ->
    [one] Within a month the election is repeated at the same stations with the same lists, not later than { $until }.
   *[other] Within { $months } months the election is repeated at the same stations with the same lists, not later than { $until }.
 }
results-repeat-without-term = The election is repeated; the rules found so far give no term.
results-appeal-until = { $days ->
    [one] The decision can be appealed against within { $days } day, until { $until } (art. { $article }).
   *[other] The decision can be appealed against within { $days } days, until { $until } (art. { $article }).
 }
results-repeats = This is the repeat of the election of { $day }
results-repeated-by = The repeat election is held on { $day }
results-repeat-title = Repeat election: { $of }
results-repeat-calendar = The commission sets this day for the repeat election: the rules count it back from voting day to a time before the call.
results-repeat-not-needed = Nothing is to be repeated in this contest: its outcome is neither a tie nor invalid.
results-repeat-called-already = The repeat election is called already.
results-repeat-nomination-after-call = Nomination must end after the day of the decision.
results-repeat-registration-order = Registration can't end before nomination.
results-repeat-voting-order = Voting must come after the end of registration and not before tomorrow.
results-repeat-too-late = The law allows { $until } at the latest.
results-office-repeat-title = Call the repeat election
results-office-repeat-decision = On calling the repeat election: { $of }
results-office-repeat-lead = The repeat election gets a page, a calendar and stations of its own: the same stations with the same lists of voters.
results-office-repeat-day = New day of voting
results-office-repeat-nomination = Last day of nomination
results-office-repeat-own-days = The commission sets the days of nomination and registration: the usual ones lie before the call.
results-office-repeat-registration = Last day of registration
results-office-repeat-call = Call the repeat election
done-repeat-called = The repeat election is called.
results-sums-title = Sums of all lines
results-sums-caption = Every line of the protocol, added up over the accepted protocols. A line opens down to its protocols.
results-col-sum = Sum
results-line-caption = This line, station by station
results-paper-title = Protocol of the territorial election commission on the results of the election
results-paper-protocol = Protocol of results (PDF)
results-paper-decision = Decision of the commission (PDF)
results-paper-blank = Blank protocol to fill in by hand (PDF)
