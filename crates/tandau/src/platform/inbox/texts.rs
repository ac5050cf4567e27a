//! Texts of the offline panel, given to the page's script: there are none in the scripts themselves.

use crate::platform::T;
use serde_json::json;

/// All of them as JSON, in the reader's language. `{n}` and `{time}` are filled in by the script.
#[must_use]
pub fn texts(t: T) -> String {
    json!({
        "heading": t.offline_heading(),
        "ready": t.offline_ready(),
        "saved": t.offline_saved("{n}", "{time}"),
        "sending": t.offline_sending("{n}"),
        "waiting": t.offline_waiting(),
        "trying": t.offline_trying(),
        "signIn": t.offline_sign_in(),
        "signInLink": t.shell_sign_in(),
        "taken": t.offline_taken(),
        "mend": t.offline_mend(),
        "mendLink": t.offline_mend_link(),
        "refused": t.offline_refused(),
        "entered": t.offline_entered("{time}"),
        "remove": t.offline_remove(),
        "kept": t.offline_kept("{time}"),
        "draft": t.offline_draft("{time}"),
        "newer": t.offline_newer(),
        "here": t.offline_here(),
        "aheadAll": t.offline_ahead_all("{all}"),
        "aheadSome": t.offline_ahead_some("{all}", "{n}"),
        "insecure": t.offline_insecure(),
        "noWorker": t.offline_no_worker(),
        "noStorage": t.offline_no_storage(),
        "full": t.offline_full(),
        "other": t.offline_other(),
        "photoBroken": t.offline_photo_broken(),
        "errorPrefix": t.shell_error_prefix(),
        "outHeading": t.offline_out_heading(),
        "outText": t.offline_out_text("{n}"),
        "outSend": t.offline_out_send(),
        "outDrop": t.offline_out_drop(),
        "outStay": t.offline_out_stay(),
    })
    .to_string()
}
