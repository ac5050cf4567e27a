# Public pictures of readiness.
board-nav = Readiness
board-title = Readiness of polling stations
board-title-of = Readiness: { $name }
board-nothing = No polling station has been asked about its readiness yet.
board-nothing-here = No station of this place takes part in this election, or nothing was on record by this day.
board-nothing-station = Nothing was on record about the readiness of this station by this day.
board-no-day = Give a day as year, month and day: 2023-10-02.
board-future-day = This day has not come yet. Today is { $today }.
board-no-section = The checklist has no such section.
board-no-days = Give a number of days from 1 to { $max }.
board-as-of-now = As of { $when }
board-as-of-day = As of the end of { $day }
board-sentence-left = { $ready } of { $stations } stations are ready; { $days ->
    [one] one day is left
   *[other] { $days } days are left
 }
board-sentence-today = { $ready } of { $stations } stations are ready; voting is today
board-sentence-over = { $ready } of { $stations } stations were ready
board-place-sentence = { $name }: { $ready } of { $stations } stations ready
board-station-sentence = Polling station No. { $number }: { $state }
board-station-short = Station No. { $number }
board-station-named = No. { $number }, { $name }
board-lead = { $count ->
    [0] No item is unmet.
    [one] One item is unmet, critical: { $critical }.
   *[other] { $count } items are unmet, of these critical: { $critical }.
 }
board-lead-disputed = { $count ->
    [one] About one item the answers differ.
   *[other] About { $count } items the answers differ.
 }
board-coverage = Answered: { $answered } of { $expected } items
board-section = Section: { $title }
board-all-sections = Show all sections
board-figure-ready = stations ready, of { $stations }
board-figure-in-order = items in order, of { $expected }
board-figure-unmet = items unmet, of these critical: { $critical }
board-figure-unanswered = items without an answer, of { $expected }
board-figure-days = { $days ->
    [one] day until voting
   *[other] days until voting
 }
board-bar-title = All items by state: the same figures are in the list below
board-bar-in-order = in order
board-bar-unmet = unmet or disputed
board-bar-unanswered = without an answer
board-standing-ready = Ready
board-standing-critical = Critical items unmet
board-standing-unmet = Items unmet
board-standing-answering = Still answering
board-standing-nothing = No answer yet
board-status-met = in order
board-status-unmet = unmet
board-status-na = not applicable
board-status-disputed = answers differ
board-status-unanswered = no answer
board-status-again = Asked again
board-map-title = Share of stations that are ready
board-map-desc = Each territory leads to its page. The same figures stand in the table.
board-map-area = { $name }: { $ready } of { $stations } stations ready, unmet items: { $unmet }
board-key-none = none or few
board-key-half = about half
board-key-all = all ready
board-same-in-table = The same in a table
board-regions-title = Regions
board-districts-title = Districts and cities
board-stations-title = Stations
board-total = All together
board-col-region = Region
board-col-district = District or city
board-col-station = Station
board-col-section = Section
board-col-item = Item
board-col-state = State
board-col-ready = Ready
board-col-unmet = Unmet
board-col-critical = Critical
board-col-unanswered = No answer
board-col-last = Last report
board-col-since = Since
board-col-due = Must hold by
board-col-day = Day
board-col-commission = Commission
board-col-signed = Signed
board-col-then = Ready then
board-col-now = Ready now
board-never = never
board-critical = critical
board-late = late
board-of = { $part } of { $whole }
board-last-report = Last report: { $when }
board-trend-title = Unmet items by day
board-trend-desc = Now { $count }. { $sentence }
board-trend-table = The same figures in a table
board-forecast = On { $day }, about { $expected } items will still be unmet if the pace goes on (from { $from } to { $until }).
board-forecast-label = ≈ { $expected } ({ $from }–{ $until })
board-forecast-few = What will be unmet on voting day can't be said yet: that needs figures of { $days } days.
board-forecast-answering = What will be unmet on voting day can't be said yet: { $count } of { $whole } items have no answer, and what is unmet is only being found.
board-forecast-method = Method: median change between all pairs of the last { $days } days ({ $pace } a day), carried on from today (Theil–Sen); in nine cases of ten the pace lies in the range shown (Sen). A decision taken tomorrow can change all of it.
board-sections-title = By section
board-section-under = unmet { $unmet }, of these critical { $critical }; without an answer { $unanswered }
board-changes-title = Changed since the day before
board-changes-none = No station became ready, and none has more unmet items than the day before.
board-became-ready = became ready: { $count }
board-became-lost = no longer ready: { $count }
board-became-worse = more unmet than before: { $count }
board-turned-ready = Became ready
board-turned-lost = No longer ready
board-turned-worse = More unmet than the day before
board-more = and { $count } more
board-worst-title = Where help is needed most
board-worst-order = By critical unmet items, then all unmet, then those without an answer.
board-worst-districts = Districts and cities
board-worst-stations = Stations
board-worst-none = Everything is in order.
board-silent-title = Stations without news
board-silent-label = No report for so many days
board-show = Show
board-silent-none = { $days ->
    [one] Every station has reported within a day.
   *[other] Every station has reported within { $days } days.
 }
board-silent-some = { $days ->
    [one] Stations without a report for a day: { $stations }. The longest silent first.
   *[other] Stations without a report for { $days } days: { $stations }. The longest silent first.
 }
board-signed-title = Signed as ready
board-signed-counts = Signed by { $precinct } of { $precincts } precinct commissions, { $district } of { $districts } of districts and cities, { $region } of { $regions } of regions.
board-signed-none = The commission of this place has not signed.
board-signed-by = { $level }: { $name }
board-level-central = Central commission
board-level-region = Commission of a region
board-level-district = Commission of a district or city
board-signed-holds = holds
board-signed-drift = changed since
board-signed-exceptions = signed with exceptions: { $count }
board-day-title = Another day, and files
board-day-before = The day before
board-week-before = A week before
board-to-today = Today
board-to-station = The station and its commission
board-mending = { $body }: being put right since { $since }, by { $due }
board-task-open = not yet taken on
board-task-accepted = taken on
board-task-disputed = not accepted by the body
board-task-reported = reported as done
board-task-returned = found not done
board-task-verified = seen to be done
board-task-withdrawn = no longer needed
board-task-overdue = overdue
board-task-given = given to the body
board-report-title = Report on paper
board-report-lead = For the meeting with heads of state bodies: sections, critical items, who puts them right by when.
board-report-kk = Report in Kazakh (PDF)
board-report-ru = Report in Russian (PDF)
board-bodies-title = Who has to put what right
board-body-nothing = Nothing that is this body's to put right is unmet.
board-body-sentence = Unmet: { $count }, of these critical: { $critical }.
board-access-title = Access for voters with disabilities
board-of-station = Readiness of this station
