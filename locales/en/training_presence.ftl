# Who was at a session: codes, paper lists, the two reconciled.
presence-title = Attendance
presence-own-title = Mark that you are here
presence-own-lead = Open your session before it begins: the page then works without a network, too.
presence-own-none = You are invited to no session now.
presence-code-label = Code from the trainer's screen
presence-code-hint = Six digits. They change every half minute.
presence-code-form = Type the { $digits } digits from the trainer's screen.
presence-code-wrong = This code has not been on the screen. Look at the screen and type it again.
presence-position-title = Give your position (nobody has to)
presence-position-lead = Only if you want to: degrees north and east, as a map shows them. Without them your mark counts the same.
presence-position-form = Give both, in degrees: 49.8047 and 73.0917, or leave both empty.
presence-latitude = Latitude (north)
presence-longitude = Longitude (east)
presence-mark = I am here
presence-mark-note = Without a network the mark stays on this phone with its time and is sent later.
presence-taken = You are marked as present.
presence-taken-before = You are marked as present; this was counted before.
presence-you-are-in = You are marked as present, { $when }
presence-cancelled = This session was called off.
presence-closed-already = The session is closed: who was there is on record. A mistake is put right with “Correct the attendance”.
presence-why-old-code = The code was no longer on the screen. The trainer decides.
presence-why-late = The mark was made after the time for it. The trainer decides.
presence-why-clock = The time of the phone doesn't fit the code. The trainer decides.
presence-why-far = The mark was made far from the place. The trainer decides.
presence-why-kept = The mark came long after it was made. The trainer decides.
presence-why-moved = The mark was made before the session was moved. The trainer decides.
presence-why-closed = The mark came after the session was closed. Tell the trainer.
presence-why-denied = The trainer says that you were not there.
presence-screen-code = Code
presence-screen-changes = { $seconds ->
    [one] The next one comes in { $seconds } second
   *[other] The next one comes in { $seconds } seconds
 }
presence-screen-scan = Point your camera here
presence-screen-or = or open
presence-screen-qr = Code that opens { $link }
presence-screen-marked = { $count ->
    [one] is marked
   *[other] are marked
 }
presence-screen-early = The code appears before the session begins.
presence-screen-late = The time for marks is over.
presence-to-screen = Code for the screen
presence-to-sheet = Key a list on paper
presence-to-session = Session
presence-figure-invited = invited
presence-figure-marked = in the records
presence-figure-paper = on paper
presence-figure-present = were there, as far as it is settled
presence-sentence-records = { $records } in the records, no list on paper; people to decide about: { $open }.
presence-sentence-agree = { $paper } on paper and { $records } in the records; nothing is left to decide.
presence-sentence-differ = { $paper } on paper and { $records } in the records; people to decide about: { $open }.
presence-signatures = Sheets on which the numbers differ have { $people } signatures, { $lines } lines are keyed: say why when you close the session.
presence-differences = Where paper and records differ
presence-paper-only = On paper, not in the records
presence-record-only = In the records, not on paper
presence-doubtful-only = Mark in doubt, not on paper
presence-uninvited-only = Marked with a code, but not invited
presence-col-person = Person
presence-col-what = What is known
presence-col-there = Was there
presence-col-why = What speaks against it
presence-col-marked = Marked
presence-col-came = Came in
presence-yes = was there
presence-no = was not there
presence-reason = Reason
presence-decide = Save
presence-decide-nobody = Choose for at least one person.
presence-decide-self = Nobody decides about themselves: somebody else who runs the session does.
presence-unnamed = Names not found on record
presence-unnamed-lead = Choose who stands behind each name, or withdraw the sheet and key it again.
presence-unnamed-nobody = Nobody on record bears this name.
presence-unnamed-who = Who it is
presence-unnamed-save = Save
presence-doubts = Marks in doubt
presence-sheets = Lists on paper
presence-sheet-title = Sheet { $number }, keyed { $when }
presence-sheet-what = Lines keyed: { $lines }; signatures on paper: { $people }.
presence-sheet-withdraw = Withdraw this sheet
presence-sheet-is-withdrawn = withdrawn: { $reason }
presence-sheet-withdrawn-before = This sheet was withdrawn before.
presence-sheet-lead = Photograph the list, then tick who signed. This works without a network, too: the sheet is sent later.
presence-sheet-people = Signatures on the paper
presence-sheet-people-hint = Count them on the paper itself.
presence-sheet-photo = Photo of the list
presence-sheet-photo-hint = One picture for each page; the signatures must be readable.
presence-sheet-who = Who signed
presence-sheet-others = Others who signed
presence-sheet-others-hint = Full names as they stand on the paper, one to a line.
presence-sheet-note = Remark (needed when the figures differ)
presence-sheet-send = Send the sheet
presence-sheet-most = A sheet has at most { $most } people. Key the rest as a further sheet.
presence-sheet-differs = The paper has { $people } signatures, { $count } lines are keyed. Check, or say in the remark why.
presence-sheet-photos = At most { $most } photos for a sheet.
presence-sheet-taken = { $count ->
    [one] The sheet is taken: { $count } person.
   *[other] The sheet is taken: { $count } people.
 }
presence-photo = Photo { $number }
presence-uninvited = Were there without an invitation
presence-absent = Invited, were not there
presence-not-settled = Paper and records still differ about somebody. Decide about each of them first.
presence-close-there = Codes, a list on paper or decisions are on record for this session. Close it on the page of attendance.
presence-changed = Somebody has been added since you opened this page. Look at the figures again.
presence-close-title = Close the session
presence-close-lead = { $present ->
    [one] { $present } person was there. When the session is closed this can only be corrected, with a reason.
   *[other] { $present } people were there. When the session is closed this can only be corrected, with a reason.
 }
presence-close-word = Remark
presence-close-signatures = The paper has { $people } signatures, { $lines } lines are keyed. Say why.
presence-close = Close the session
presence-close-later = The session can be closed once it has begun, somebody was there, and nothing is left to decide.
presence-correct = Correct the attendance
presence-correct-lead = The session is closed. What you change becomes a further version of its record, with your reason; the earlier ones stay. What people were taught, passed and hold certificates of by it follows at once, and so does the coverage of their stations.
presence-correct-find = Find somebody by name
presence-correct-find-hint = Only for people who stand on no list of this session.
presence-correct-found = Found by name: tick who was there
presence-correct-counted = Counted as present: tick who was not there
presence-correct-counted-hint = What they passed by this session ends; certificates are withdrawn. If that was wrong, they take the test again.
presence-correct-others = Not counted: tick who was there
presence-correct-others-hint = Whoever was there without an invitation is invited by it.
presence-correct-group = { $area }: { $people }
presence-correct-elsewhere = No commission
presence-correct-sheets = Sheets that were keyed wrongly
presence-correct-reason-hint = It stays in the history of the session.
presence-correct-save = Put on record
presence-correct-open = The session is not closed: decide about people on the page of attendance.
presence-correct-nothing = This is what the record says already: change something.
presence-correct-nobody = Nobody would be left who was there.
presence-correct-trainer = Whoever trains at this session is no trainee of it.
event-training-marked = Somebody marked that they are at a session
event-training-sheet-keyed = A list on paper was keyed
event-training-sheet-named = Who stands behind a name on a list was said
event-training-sheet-withdrawn = A list on paper was withdrawn
event-training-presence-decided = Whether somebody was at a session was decided
