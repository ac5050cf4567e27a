# Instructions and unmet items: who does what by when.
tasks-title = Instructions
tasks-links = More about instructions
tasks-lists = Lists
tasks-list-overdue = Overdue
tasks-list-waiting = Waiting for verification
tasks-list-open = In progress
tasks-list-done = Finished
tasks-csv = This list as a table (CSV)
tasks-filter = Choose from the list
tasks-filter-words = Words of the instruction
tasks-filter-station = Number of the polling station
tasks-filter-area = Code of the area
tasks-filter-button = Show
tasks-any = any
tasks-none = Nothing in this list.
tasks-what = What is to be done
tasks-where = Where
tasks-addressee = Who does it
tasks-severity = Importance
tasks-severity-critical = voting can’t be held properly without it
tasks-severity-major = must be done before voting
tasks-severity-minor = should be done
tasks-due = Deadline
tasks-state = State
tasks-state-open = given, not answered yet
tasks-state-accepted = accepted
tasks-state-disputed = not accepted
tasks-state-reported = reported, waits for verification
tasks-state-returned = returned: not done
tasks-state-verified = done and verified
tasks-state-withdrawn = withdrawn
tasks-raised-times = { $times ->
    [one] raised { $times } level
   *[other] raised { $times } levels
}
tasks-left-less = less than an hour left
tasks-left-hours = { $hours ->
    [one] { $hours } hour left
   *[other] { $hours } hours left
}
tasks-left-days = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
}
tasks-late-less = overdue by less than an hour
tasks-late-hours = { $hours ->
    [one] overdue by { $hours } hour
   *[other] overdue by { $hours } hours
}
tasks-late-days = { $days ->
    [one] overdue by { $days } day
   *[other] overdue by { $days } days
}
tasks-desk-overdue = { $count ->
    [one] { $count } instruction is overdue here or below
   *[other] { $count } instructions are overdue here or below
}
tasks-bodies-title = Who is late
tasks-bodies-none = Nobody is late.
tasks-bodies-oldest = Oldest deadline
tasks-body-unnamed = { $body } ({ $area })
tasks-raised-to = Raised to
tasks-verifier = Who verifies
tasks-origin = Where it comes from
tasks-origin-instruction = given by a commission
tasks-origin-readiness = unmet item of a station’s checklist
tasks-origin-silence = the checklist was not answered in time
tasks-origin-watch = interruption of supply or weather warning
tasks-origin-incident = incident
tasks-item = Checklist
tasks-item-link = the question it is about
tasks-needed = To come with the report of completion
tasks-needed-photo = a photo
tasks-needed-document = a paper
tasks-needed-note = a note
tasks-you-wrote = You wrote:
tasks-paper-needed = Attach a photo or a paper: completion is not taken without one.
tasks-given-at = Given
tasks-do = What you can do
tasks-do-nothing = Nothing is expected from you here now.
tasks-own-report = You reported this yourself: somebody else verifies it.
tasks-accept = Accept the instruction
tasks-verify = It is done
tasks-verify-text = Look at the evidence or go and see. With your confirmation the instruction is finished.
tasks-return = It is not done: return it
tasks-return-reason = What is missing
tasks-return-button = Return
tasks-report = Report that it is done
tasks-report-text = What was done
tasks-report-papers = Photos or PDF
tasks-report-papers-hint = Up to five files, together no more than 10 MB. Words, files or both: one of them is needed.
tasks-report-button = Send the report
tasks-dispute = Not ours, or can’t be done so
tasks-dispute-reason = Why, and whose it is if you know
tasks-dispute-button = Send the reason
tasks-move = Move the deadline
tasks-move-button = Move
tasks-reassign = Give it to somebody else
tasks-reassign-button = Give
tasks-note = Write a remark
tasks-note-text = Remark
tasks-note-button = Write
tasks-withdraw = Withdraw the instruction
tasks-withdraw-button = Withdraw
tasks-reason = Reason
tasks-history = What happened
tasks-history-to = to: { $who }
tasks-history-due = deadline: { $when }
tasks-evidence-number = Evidence { $number }
tasks-new-title = Give an instruction
tasks-new-lead = To a state body or a commission of your area or below. Your commission verifies that it is done.
tasks-new-whom = To whom
tasks-new-station = Polling station
tasks-new-station-hint = Its number, if the matter concerns one station.
tasks-new-button = Give the instruction
tasks-area-code = Code of the area of the body or commission
tasks-area-hint = The code of the classifier, nine digits for a district or region.
tasks-title-kk = What is to be done, in Kazakh
tasks-title-ru = What is to be done, in Russian
tasks-title-en = What is to be done, in English
tasks-title-hint = One of the languages is enough; the others then show the same words.
tasks-title-needed = Write what is to be done, in one language at least.
tasks-detail = Details
tasks-detail-hint = Name no citizens and nobody’s state of health: the addressee needs to know what is to be done, not for whom.
tasks-due-date = Until which day
tasks-due-time = Until what time
tasks-due-time-hint = By the clocks of that place.
tasks-election = Election
tasks-no-election = none in particular
tasks-reason-needed = Write the reason: others will read it in the history.
tasks-evidence-needed = Write what was done, or attach a photo or a PDF.
tasks-papers-too-many = Attach no more than { $most } files.
tasks-deadline-form = Give a day and a time.
tasks-deadline-over = This moment is over. Give a later one.
tasks-deadline-far = This is more than a year ahead. Check the year.
tasks-deadline-same = This is the deadline already.
tasks-addressee-same = It is theirs already.
tasks-addressee-elsewhere = The matter does not lie in this area. Choose a body or commission whose area it lies in.
tasks-addressee-out-of-reach = You may give it only within your own area, and to a body of your own kind if you are one.
tasks-no-commission = This area has no commission today.
tasks-station-unknown = This area has no station with this number.
tasks-form-again = Open the form again and send it once more.
tasks-not-now = In its present state this can’t be done with the instruction.
tasks-changed-meanwhile = Somebody else has changed this instruction meanwhile. Read it again.
done-task-given = The instruction is given.
done-task-accepted = You have accepted the instruction.
done-task-disputed = Your reason is sent.
done-task-reported = Your report is sent. It waits for verification.
done-task-verified = The instruction is finished.
done-task-returned = The instruction is returned.
done-task-withdrawn = The instruction is withdrawn.
done-task-noted = The remark is written.
done-task-moved = The deadline is moved.
done-task-reassigned = The instruction is given to somebody else.
event-task-opened = Instruction given
event-task-accepted = Accepted
event-task-disputed = Not accepted
event-task-reported = Reported as done
event-task-returned = Returned: not done
event-task-verified = Verified: done
event-task-withdrawn = Withdrawn
event-task-reminded = Reminder: the deadline is near
event-task-escalated = Overdue: raised to the next level
event-task-reassigned = Given to somebody else
event-task-moved = Deadline moved
event-task-noted = Remark
office-system = By the clock
