//! To whom an incident may be given: offices and persons of the commissions from its place upwards.

use crate::commissions::{self, Member};
use crate::incidents::model::{Assignee, Incident};
use crate::platform::database::Connection;
use crate::platform::{Acting, Error, Names, areas};

/// Somebody to whom an incident may be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Office, and person if one is meant.
    pub assignee: Assignee,
    /// Name of the commission in the reader's language.
    pub commission: String,
    /// Name of the person.
    pub person: Option<Names>,
}

impl Candidate {
    /// What a form sends.
    #[must_use]
    pub fn value(&self) -> String {
        let to = &self.assignee;
        format!("{}|{}|{}", to.role, to.area_id, to.person)
    }
}

/// Everybody to whom an incident may be given, from its place upwards: of each office first the office, then the person.
///
/// # Errors
/// What the database reports.
pub async fn candidates(
    connection: &mut Connection,
    acting: &Acting,
    incident: &Incident,
) -> Result<Vec<Candidate>, Error> {
    let today = acting.today();
    let mut all = Vec::new();
    for area in areas::path(connection, &incident.area_id)
        .await?
        .into_iter()
        .rev()
    {
        let found = commissions::queries::by_area(connection, &area.id, today).await?;
        let Some(commission) = found else {
            continue;
        };
        let members = commissions::queries::composition(connection, &commission.id, today).await?;
        let name = commission.name(acting.t());
        let candidate = |member: &Member, person: bool| Candidate {
            assignee: Assignee {
                role: commission.role(member.office),
                area_id: area.id.clone(),
                person: if person {
                    member.person_id.clone()
                } else {
                    String::new()
                },
            },
            commission: name.clone(),
            person: person.then(|| member.names.clone()),
        };
        for member in &members {
            if member.office != commissions::Office::Member {
                all.push(candidate(member, false));
            }
            all.push(candidate(member, true));
        }
    }
    Ok(all)
}
