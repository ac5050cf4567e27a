//! Who acts, and what offices the person holds.

use crate::platform::Names;
use std::fmt;

/// An office at a level, as grants and policies write it: `precinct.secretary`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Role(String);

impl Role {
    /// Levels of commissions that can hold an office.
    pub const LEVELS: [&'static str; 4] = ["central", "region", "district", "precinct"];
    /// Offices in a commission.
    pub const OFFICES: [&'static str; 4] = ["chair", "deputy", "secretary", "member"];
    /// Kinds of bodies outside the commissions that answer for tasks, each in its area.
    pub const BODIES: [&'static str; 7] = [
        "executive",
        "police",
        "emergency",
        "energy",
        "communications",
        "health",
        "social",
    ];
    /// Looks after accounts and the installation; holds no power over an election.
    pub const ADMINISTRATOR: &'static str = "administrator";

    /// Parses a role; `None` when there is no such office.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let known = text == Self::ADMINISTRATOR
            || text.split_once('.').is_some_and(|(level, office)| {
                (Self::LEVELS.contains(&level) && Self::OFFICES.contains(&office))
                    || (level == "body" && Self::BODIES.contains(&office))
            });
        known.then(|| Self(text.to_owned()))
    }

    /// Every role there is.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut roles = vec![Self(Self::ADMINISTRATOR.to_owned())];
        for level in Self::LEVELS {
            for office in Self::OFFICES {
                roles.push(Self(format!("{level}.{office}")));
            }
        }
        roles.extend(Self::BODIES.map(|kind| Self(format!("body.{kind}"))));
        roles
    }

    /// The kind of state body whose officer this is; `None` for offices of commissions.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.0.strip_prefix("body.")
    }

    /// The text form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The message key of the office's name: `office-precinct-secretary`.
    #[must_use]
    pub fn message_key(&self) -> String {
        format!("office-{}", self.0.replace('.', "-"))
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An office held in an area (and so over everything below it, where the policy says so).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The office.
    pub role: Role,
    /// Where.
    pub area_id: String,
}

/// The person who acts, with the grants that hold today.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The person.
    pub person_id: String,
    /// The person's name.
    pub name: Names,
    /// Offices that hold now.
    pub grants: Vec<Grant>,
    machine: Option<Machine>,
}

/// Who acts when it is no person at a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Machine {
    /// Whoever has the machine itself.
    Operator,
    /// The program: what it does by the clock.
    System,
}

impl Actor {
    /// A person with offices.
    #[must_use]
    pub const fn new(person_id: String, name: Names, grants: Vec<Grant>) -> Self {
        Self {
            person_id,
            name,
            grants,
            machine: None,
        }
    }

    /// Whoever has the machine itself: commands that read and write the data folder.
    #[must_use]
    pub fn operator() -> Self {
        Self {
            person_id: "operator".to_owned(),
            name: Names::new("Оператор", "Оператор", "Operator"),
            grants: Vec::new(),
            machine: Some(Machine::Operator),
        }
    }

    /// The program itself, for what it does by the clock. Holds no power: nothing that asks for one lets it in.
    #[must_use]
    pub fn system() -> Self {
        Self {
            person_id: "system".to_owned(),
            name: Names::new("Жүйе", "Система", "System"),
            grants: Vec::new(),
            machine: Some(Machine::System),
        }
    }

    /// True for commands on the machine itself.
    #[must_use]
    pub const fn is_operator(&self) -> bool {
        matches!(self.machine, Some(Machine::Operator))
    }

    /// The first office, for the badge on the page and the log.
    #[must_use]
    pub fn office(&self) -> &str {
        match self.machine {
            Some(Machine::Operator) => "operator",
            Some(Machine::System) => "system",
            None => self.grants.first().map_or("", |g| g.role.as_str()),
        }
    }

    /// The area of the first office.
    #[must_use]
    pub fn home_area(&self) -> Option<&str> {
        self.grants.first().map(|g| g.area_id.as_str())
    }
}
