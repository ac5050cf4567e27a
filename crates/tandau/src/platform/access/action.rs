//! Every power that the policy knows, by name.

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// Something that needs a power.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[$doc])* $variant,)*
        }
        impl Action {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The name used in `policies/`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

actions! {
    /// Open the office at all.
    OfficeEnter = "office.enter",
    /// Look at the office's pages of elections, candidates, stations.
    OfficeLook = "office.look",
    /// Make and close accounts, see sessions.
    AccountManage = "account.manage",
    /// Load areas, stations, commissions from files.
    RegisterImport = "register.import",
    /// Seat or end a member of a commission.
    MemberSeat = "member.seat",
    /// Record a decision of a commission.
    DecisionRecord = "decision.record",
    /// Record an act of another body on which an election rests.
    ActRecord = "act.record",
    /// Change what is known of a station.
    StationChange = "station.change",
    /// Create an election from a rule pack.
    ElectionCreate = "election.create",
    /// Move an election to its next state.
    ElectionMove = "election.move",
    /// Set a step of the calendar to another date, or mark it done.
    CalendarChange = "calendar.change",
    /// Nominate, register, refuse, cancel, record a withdrawal.
    CandidateChange = "candidate.change",
    /// Report opening and closing of a station.
    StationReport = "station.report",
    /// Report turnout.
    TurnoutReport = "turnout.report",
    /// See the stations that are late and call them.
    TurnoutFollow = "turnout.follow",
    /// Enter a precinct protocol.
    ProtocolEnter = "protocol.enter",
    /// Confirm a protocol as chair.
    ProtocolConfirm = "protocol.confirm",
    /// Read a protocol before it is public.
    ProtocolRead = "protocol.read",
    /// Accept, return or accept with an act.
    ProtocolDecide = "protocol.decide",
    /// Determine the outcome of a contest.
    OutcomeDetermine = "outcome.determine",
    /// Call a repeat election after a tie or an invalid one.
    ElectionRepeat = "election.repeat",
    /// Register the elected person.
    ElectedRegister = "elected.register",
    /// Publish results.
    ResultsPublish = "results.publish",
    /// Open pages of tasks: those of one's area, or those addressed to one's own body.
    TaskSee = "task.see",
    /// See tasks of an area.
    TaskFollow = "task.follow",
    /// Give a task, move its deadline, take it back.
    TaskGive = "task.give",
    /// Accept, dispute or report a task that is addressed to one's own body.
    TaskAnswer = "task.answer",
    /// Verify or return what was reported.
    TaskVerify = "task.verify",
    /// Answer a station's checklist.
    ReadinessAnswer = "readiness.answer",
    /// See readiness as the office sees it.
    ReadinessFollow = "readiness.follow",
    /// Decide which of two answers counts.
    ReadinessSettle = "readiness.settle",
    /// Sign that all below is ready.
    ReadinessSign = "readiness.sign",
    /// Put a checklist into force, import one.
    ChecklistChange = "checklist.change",
    /// Record what a station offers, and the numbers of those who need it.
    AccessRecord = "access.record",
    /// Publish numbers of voters by need.
    AccessPublish = "access.publish",
    /// Record interruptions of supply and weather warnings.
    WatchRecord = "watch.record",
    /// Report an incident.
    IncidentReport = "incident.report",
    /// Assign, escalate, close, reopen, merge incidents.
    IncidentHandle = "incident.handle",
    /// Write surveys: wording, options, tables.
    SurveyMake = "survey.make",
    /// Run a survey: open, close, cards, read answers in words.
    SurveyRun = "survey.run",
    /// See training as the office sees it: programmes, sessions, the cascade.
    TrainingFollow = "training.follow",
    /// Write programmes, modules, question banks.
    TrainingMake = "training.make",
    /// Plan sessions, invite, move, cancel.
    TrainingPlan = "training.plan",
    /// Run a session: who is there, paper lists, closing it.
    TrainingRun = "training.run",
    /// See one's own training: one's line to the centre, tests, certificates.
    TrainingOwn = "training.own",
    /// Visit sessions of others and write down what was seen.
    TrainingInspect = "training.inspect",
    /// See visits as the office sees them: programme, day plan, register of instructions.
    VisitFollow = "visit.follow",
    /// Plan visits and their events.
    VisitPlan = "visit.plan",
    /// Record what happened at an event, and what was proposed there.
    VisitRecord = "visit.record",
    /// Answer what was proposed or asked at a meeting.
    ProposalAnswer = "proposal.answer",
    /// Write notes for the press.
    NoteWrite = "note.write",
    /// Publish notes, correct and withdraw them.
    NotePublish = "note.publish",
    /// Put on record what was told to everybody, where, with its proof.
    NoticeTell = "notice.tell",
}

impl Action {
    /// The action of a name in `policies/`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|a| a.name() == name)
    }
}
