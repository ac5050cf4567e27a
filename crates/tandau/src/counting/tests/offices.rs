//! Every act by every office: who may, and who is refused.

use super::walk::{no_scan, send, sound};
use super::world::{CONTEST, World, hour};
use super::*;
use crate::platform::access::Role;
use actions::{Paper, Ruling, SaveDraft, Submit, TakeBack, Target};
use model::Act;
use std::collections::BTreeMap;

async fn act(acting: &crate::platform::Acting, act: Act) -> Result<(), Error> {
    let target = Target::new("st1", CONTEST, 1);
    let reason = "because".to_owned();
    match act {
        Act::Save => {
            let input = SaveDraft::whole("st1", CONTEST, 0, &sound("st1", 300));
            actions::save_draft(acting, &input).await.map(drop)
        }
        Act::AttachPaper => actions::attach_paper(
            acting,
            Paper {
                target,
                bytes: Vec::new(),
                reason: String::new(),
            },
        )
        .await
        .map(drop),
        Act::Submit => {
            let input = Submit {
                target,
                as_paper_says: false,
                explanations: BTreeMap::new(),
            };
            actions::submit(acting, &input).await.map(drop)
        }
        Act::TakeBack => actions::take_back(acting, &TakeBack { target, reason })
            .await
            .map(drop),
        Act::Confirm => actions::confirm(acting, &no_scan(&target)).await,
        Act::Return => actions::return_for_recount(acting, &Ruling { target, reason }).await,
        Act::Accept => actions::accept(acting, &target).await,
        Act::AcceptWithAct => {
            let input = super::acts::act(&target, "17");
            actions::accept_with_act(acting, input).await
        }
        Act::Reopen => actions::reopen(acting, &Ruling { target, reason }).await,
    }
}

fn allowed(act: Act, role: &str) -> bool {
    let precinct = matches!(
        role,
        "precinct.chair" | "precinct.deputy" | "precinct.secretary"
    );
    match act {
        Act::Save | Act::AttachPaper | Act::Submit | Act::TakeBack => precinct,
        Act::Confirm => precinct && role != "precinct.secretary",
        Act::Return | Act::Accept | Act::AcceptWithAct | Act::Reopen => {
            matches!(
                role,
                "district.chair" | "district.deputy" | "district.secretary"
            )
        }
    }
}

#[tokio::test]
async fn every_act_by_every_office() {
    let world = World::new(2).await;
    send(&world, "st1", &sound("st1", 300), false).await;
    for role in Role::all() {
        let (own, other) = match role.as_str().split_once('.') {
            Some(("precinct", _)) => ("st1-area", "st2-area"),
            Some(("district", _)) => ("d1", "d2"),
            Some(("region", _)) => ("r1", "d2"),
            _ => ("kz", "d2"),
        };
        for one in Act::ALL {
            for (area, here) in [(own, true), (other, false)] {
                let acting = world.acting("stranger", role.as_str(), area, hour(23, 0));
                let forbidden = matches!(act(&acting, one).await, Err(Error::Forbidden(_)));
                let may = here && allowed(one, role.as_str());
                assert_eq!(!forbidden, may, "{one:?} by {role} of {area}");
                if may && matches!(one, Act::Return | Act::Accept | Act::Reopen) {
                    // Back to a confirmed submission for the next office.
                    world
                        .sql(
                            "update protocol set state = 'submitted' where station_id = 'st1'",
                            vec![],
                        )
                        .await;
                    world.sql("update protocol_version set state = 'submitted', decided_by = null where station_id = 'st1'", vec![]).await;
                }
            }
        }
    }
}

#[tokio::test]
async fn powers_end_with_the_count() {
    let world = World::new(1).await;
    for state in [
        "called",
        "nomination",
        "registration",
        "campaign",
        "silence",
        "published",
    ] {
        world
            .sql("update election set state = $1", crate::bind![state])
            .await;
        let early = act(&world.secretary("st1", hour(22, 0)), Act::Save).await;
        assert!(matches!(early, Err(Error::Forbidden(_))), "{state}");
    }
    // Once the result is determined, only a recount opens a protocol again.
    world
        .sql("update election set state = 'determined'", vec![])
        .await;
    world
        .sql("update contest set state = 'determined'", vec![])
        .await;
    let late = act(&world.secretary("st1", hour(22, 0)), Act::Save).await;
    assert!(matches!(late, Err(Error::Conflict(_))));
}
