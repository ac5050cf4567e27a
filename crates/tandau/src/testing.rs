//! What tests of all rooms share: an installation in a temporary folder.

use crate::platform::access::Policy;
use crate::platform::app::{Parts, Secret, Settings};
use crate::platform::clock::Clock;
use crate::platform::database::{Database, Durability};
use crate::platform::files::FileStore;
use crate::platform::rules::Rules;
use crate::platform::{Acting, App, ids};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::path::PathBuf;

/// A program on an empty database; its folder goes when it is dropped.
pub(crate) struct Installation {
    pub(crate) app: App,
    folder: PathBuf,
}

impl Installation {
    /// Its clock shows noon of 6 November 2023 in Astana.
    pub(crate) async fn new() -> Self {
        Self::linked(crate::links()).await
    }

    /// The same with other links between rooms.
    pub(crate) async fn linked(links: axum::http::Extensions) -> Self {
        let folder = Self::folder();
        let file = folder.join("tandau.db");
        let database = Database::open_sqlite(&file, Durability::Off).await.unwrap();
        Self::with(database, folder, links)
    }

    /// The same on a database that is there.
    pub(crate) fn on(database: Database) -> Self {
        Self::with(database, Self::folder(), crate::links())
    }

    fn folder() -> PathBuf {
        let folder = std::env::temp_dir().join(format!("tandau-test-{}", ids::random_id()));
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn with(database: Database, folder: PathBuf, links: axum::http::Extensions) -> Self {
        let app = App::new(Parts {
            database,
            clock: Clock::demo("2023-11-06T06:00:00Z".parse::<Timestamp>().unwrap()),
            files: FileStore::open(folder.join("files")).unwrap(),
            policy: Policy::built_in().unwrap(),
            rules: Rules::built_in().unwrap(),
            home_zone: TimeZone::get("Asia/Almaty").unwrap(),
            links,
            settings: Settings {
                data: folder.clone(),
                demo: false,
                secure_cookies: false,
                log_name: "tandau.test/log".to_owned(),
                address: Some("https://tandau.test".to_owned()),
            },
            secret: Secret([7; 32]),
        });
        app.set_ready(true);
        Self { app, folder }
    }

    /// A command on the machine itself.
    pub(crate) fn operator(&self) -> Acting {
        Acting::operator(self.app.clone())
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
