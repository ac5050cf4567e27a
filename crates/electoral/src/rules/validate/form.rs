use super::{bad, text, unique};
use crate::protocol::{COMMON_PLACEHOLDERS, placeholders_of};
use crate::protocol::{Check, Kind, Line, ProtocolForm, named_placeholders, named_roles};
use crate::rules::RulesError;
use crate::text::Language;

pub(super) fn validate(form: &ProtocolForm) -> Result<(), RulesError> {
    text("protocol.name", &form.name)?;
    unique("protocol.groups", form.groups.iter().map(|g| g.id.as_str()))?;
    unique("protocol.lines", form.lines.iter().map(|l| l.id.as_str()))?;
    for group in &form.groups {
        let key = format!("protocol.groups.{}", group.id);
        text(&key, &group.name)?;
        text(&key, &group.hint)?;
    }
    for line in &form.lines {
        check_line(form, line)?;
    }
    let mut codes = std::collections::BTreeSet::new();
    for check in &form.checks {
        if !codes.insert(check.code.as_str()) {
            return Err(RulesError::Duplicate {
                key: "protocol.checks".to_owned(),
                id: check.code.clone(),
            });
        }
        check_check(form, check)?;
    }
    if !(1..=18).contains(&form.limits.digits_max.value) {
        return Err(bad("protocol.limits.digits_max", "from 1 to 18 digits"));
    }
    Ok(())
}

fn check_line(form: &ProtocolForm, line: &Line) -> Result<(), RulesError> {
    let key = format!("protocol.lines.{}", line.id);
    text(&key, &line.label)?;
    if !form.groups.iter().any(|group| group.id == line.group) {
        return Err(RulesError::UnknownGroup {
            line: line.id.clone(),
            group: line.group.clone(),
        });
    }
    if let Some(limit) = &line.at_most {
        need(form, &key, limit, Some(Kind::Single))?;
    }
    Ok(())
}

fn check_check(form: &ProtocolForm, check: &Check) -> Result<(), RulesError> {
    let key = format!("protocol.checks.{}", check.code);
    text(&key, &check.typist)?;
    text(&key, &check.decider)?;
    let mut known: Vec<&str> = Vec::new();
    match (&check.relation, check.named) {
        (Some(relation), None) => {
            known.extend(COMMON_PLACEHOLDERS);
            let mut repeated: Option<Kind> = None;
            for (id, summed) in relation.lines() {
                let kind = need(form, &key, id, None)?;
                if summed && kind == Kind::Single {
                    return Err(bad(&key, "only a repeated line can be summed"));
                }
                if !summed && kind != Kind::Single {
                    if repeated.is_some_and(|known| known != kind) {
                        return Err(bad(&key, "two kinds of repeated lines without sum"));
                    }
                    repeated = Some(kind);
                }
                known.push(id);
            }
            if !check.lines.is_empty() {
                return Err(bad(&key, "a relation names its lines itself"));
            }
        }
        (None, Some(named)) => {
            known.extend(named_placeholders(named));
            let roles = named_roles(named);
            if roles.len() != check.lines.len() {
                return Err(bad(&key, "this named check reads another number of lines"));
            }
            for (id, kind) in check.lines.iter().zip(roles) {
                need(form, &key, id, Some(*kind))?;
            }
        }
        _ => return Err(bad(&key, "either a relation or a named check")),
    }
    for language in Language::ALL {
        for words in [&check.typist, &check.decider] {
            for placeholder in placeholders_of(words.get(language)) {
                if !known.contains(&placeholder) {
                    return Err(RulesError::UnknownPlaceholder {
                        code: check.code.clone(),
                        placeholder: placeholder.to_owned(),
                    });
                }
            }
        }
    }
    Ok(())
}

/// The kind of a line that must exist, and be of that kind if one is asked for.
fn need(form: &ProtocolForm, key: &str, id: &str, kind: Option<Kind>) -> Result<Kind, RulesError> {
    let line = form.line(id).ok_or_else(|| RulesError::UnknownLine {
        key: key.to_owned(),
        line: id.to_owned(),
    })?;
    if kind.is_some_and(|kind| kind != line.kind) {
        return Err(bad(key, "a line of another kind is needed here"));
    }
    Ok(line.kind)
}
