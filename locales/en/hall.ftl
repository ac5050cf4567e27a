hall-languages = Languages
hall-anonymous = Answers are only counted. Who answered what is kept nowhere, so nobody can look it up.
hall-not-enforced = One answer per device counts. That one person answers only once is not enforced: whoever takes another device, or deletes the cookie of this page, can answer again.
hall-token-enforced = Each card counts once.
hall-errors-title = Something needs to be put right
hall-error-cookie = Your browser keeps no cookie of this page, so your answers could count twice. Allow cookies for this site and send again.
hall-error-forged = Your browser sent a cookie that this page did not give it, so your answers were not counted. Load the page again and send them once more.
hall-token = Code from your card
hall-token-hint = 10 letters and digits. Capital or small, with or without a dash, makes no difference.
hall-optional = You may leave this out.
hall-choose-one = Choose one answer.
hall-choose-several = Choose from { $least } to { $most } answers.
hall-choose-scale = Choose a number from { $least } to { $most }.
hall-choose-places = Give places from 1 on: 1 is the most important. Each place once; at least { $least }, at most { $most }.
hall-place-of = Place of “{ $option }”
hall-no-place = –
hall-text-hint = At most { $most } characters. Please write no names. It is read before others see it.
hall-send = Send answers
hall-sending = Saved on this phone. Sending now
hall-sending-text = Please keep this page open for a moment.
hall-failing = Not sent yet: there is no connection
hall-failing-text = Your answers are saved on this phone. They will be sent by themselves as soon as there is a connection; you need not do anything. Please keep this page open.
hall-send-now = Send now
hall-counted = Your answers are counted
hall-counted-text = Thank you. You may close this page.
hall-already = Your answers are counted
hall-already-text = They had arrived before and count once. You may close this page.
hall-over = Your answers could not be counted
hall-too-often = Too many tries at once. Please wait a moment and send again.
hall-draft-title = The survey has not begun yet
hall-draft-text = Keep this page open: the questions will appear by themselves.
hall-draft-reload = If they don't, load the page again.
hall-closed-title = The survey is closed
hall-closed-text = Answers are no longer taken.
hall-to-results = Results of the survey
hall-nothing = This survey has no questions yet.

hall-screen-title = Survey
hall-screen-join = Answer with your phone
hall-screen-how = Point the camera at the code or type the address:
hall-screen-qr = QR code of the address { $address }
hall-screen-answered =
    { $count ->
        [one] phone has answered
       *[other] phones have answered
    }
hall-screen-cards =
    { $count ->
        [one] card has answered
       *[other] cards have answered
    }
hall-screen-of-present = of { $present } people present
hall-screen-response = { $share } of those present
hall-screen-draft = The survey begins soon. Open the page now: the questions will appear by themselves.
hall-screen-hidden = The results will be shown here when the survey is closed.
hall-screen-live-later = Results will be shown here from { $from } answers on.
hall-screen-live = Figures of the first { $count } answers. The next follow after at least { $step } more.
hall-screen-closed = The survey is closed.
hall-screen-full = Full screen
hall-screen-lost = No connection to the server: the numbers shown may be old.
hall-screen-base = { $count } answered this question
hall-screen-base-few = Too few answers to show
hall-screen-not-sample = Those present chose to answer. This is not a sample of the people of the region.
hall-col-option = Answer
hall-col-count = Number
hall-col-share = Share
hall-col-interval = 95 % interval
hall-all-results = All results with tables

hall-host-title = In the hall
hall-host-lead = { $title }: the survey while it is going on.
hall-host-state = State
hall-host-state-draft = not begun
hall-host-state-open = open
hall-host-state-closed = closed
hall-host-numbers = Phones
hall-host-connected = have the page open
hall-host-answered = answers are counted
hall-host-failing = have an answer that did not get through
hall-host-silent = fell silent before their answer was counted
hall-host-numbers-note = Phones tell these numbers themselves, now and then and without a name. They help the host and prove nothing. Counted answers come from the database.
hall-host-texts = texts wait to be read
hall-host-open = Open the survey
hall-host-open-hint = From the first answer on, the questions can no longer be changed.
hall-host-close = Close the survey
hall-host-close-hint = Closing is final. Afterwards the results are shown on the screen.
hall-host-sure = Yes, close it
hall-host-sure-error = Confirm that the survey is to be closed
hall-host-present = People present
hall-host-present-hint = As counted in the hall. The share of those who answered is computed from it.
hall-host-present-save = Save
hall-host-screen = Screen for the hall
hall-host-screen-text = Open it on the projector: code, number of answers and, later, the results.
hall-host-link = Address for phones
hall-host-back = The survey and its questions
done-hall-opened = The survey is open.
done-hall-closed = The survey is closed.
done-hall-present = The number of people present is saved.
