coverage-nav = Coverage
coverage-title = Polling stations with a trained commission
coverage-title-of = Trained commissions: { $place }
coverage-nothing = No training of precinct commissions is on record yet.
coverage-sentence-left = { $covered } of { $stations } stations have a trained commission; { $days ->
    [one] { $days } day is left until voting
   *[other] { $days } days are left until voting
 }
coverage-sentence-over = { $covered } of { $stations } stations had a trained commission
coverage-place-sentence = { $name }: { $covered } of { $stations } stations have a trained commission
coverage-station-sentence = Polling station No. { $number }: { $state }
coverage-station-named = No. { $number }
coverage-lead = A station counts as covered when these have passed by { $day }: { $needs }.
coverage-lead-people = { $passed } of { $members } members of precinct commissions have passed; at least { $required } must.
coverage-figure-covered = stations covered, of { $stations }
coverage-figure-planned = to be covered by sessions that are planned
coverage-figure-uncovered = stations uncovered
coverage-figure-passed = members passed, of { $members }
coverage-bar-title = All stations by state: the same figures in the list below
coverage-bar-covered = covered
coverage-bar-planned = planned
coverage-bar-uncovered = uncovered
coverage-state-covered = covered
coverage-state-planned = planned
coverage-state-uncovered = uncovered
coverage-state-not-yet = not yet covered
coverage-col-region = Region
coverage-col-district = District
coverage-col-station = Station
coverage-col-covered = Covered
coverage-col-planned = Planned
coverage-col-uncovered = Uncovered
coverage-col-state = State
coverage-col-required = Required
coverage-col-scheduled = Invited
coverage-col-trained = Trained
coverage-col-passed = Passed
coverage-col-day = Day
coverage-col-missing = Missing
coverage-col-name = Name
coverage-col-office = Office
coverage-regions-title = By region
coverage-districts-title = By district
coverage-stations-title = Stations
coverage-total = All together
coverage-furthest-title = Districts with most uncovered stations
coverage-furthest-none = No station is uncovered.
coverage-trend-title = Stations without a trained commission, day by day
coverage-trend-desc = { $count } now. { $sentence }
coverage-trend-table = The same figures in a table
coverage-forecast = On { $day }, about { $expected } stations will still be uncovered if the pace goes on (from { $from } to { $until }).
coverage-forecast-few = How many stations will be uncovered on voting day can't be said yet: that needs figures of { $days } days.
coverage-forecast-planned = If all who are invited come and pass, { $count } stations stay uncovered.
coverage-needs-title = What a station needs
coverage-needs-note = Chair, secretary and the share of members are set in the rules ({ $article }); the law only says that higher commissions train lower ones.
coverage-no-names = Neither who has passed is shown here nor how many: only whether the station has all it needs.
coverage-files-title = Data
coverage-office-title = Stations that are not covered
coverage-office-lead = { $count ->
    [0] All stations of your area are covered.
    [one] { $count } station of your area is not covered.
   *[other] { $count } stations of your area are not covered.
 }
coverage-office-due = They must be covered by { $day }.
coverage-office-none = There are no stations here whose training is on record.
coverage-office-shown = The first { $shown } of { $count } are shown.
coverage-office-public = The same in public
coverage-office-people = Who sits in the commission
coverage-office-invited = invited, { $when }
coverage-office-trained = was there, not passed yet
coverage-office-passed = passed
coverage-office-not-invited = not invited
coverage-sessions = Sessions held
