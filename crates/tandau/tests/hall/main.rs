//! The server is killed while a hall answers: no answer that a phone was told is counted is lost, and none counts twice,
//! though each phone tries until it hears so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod client;
mod made;

use client::Phone;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tandau::cli::DataArgs;
use tandau::platform::App;
use tandau::platform::database::Durability;

const PHONES: u32 = 160;
/// So many are told that they count before each blow.
const BLOWS: [u32; 3] = [20, 70, 120];

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn open(folder: &Path) -> App {
    let data = DataArgs {
        data: folder.to_owned(),
        database: None,
        rules_dir: None,
        home_zone: None,
        address: None,
        log_name: None,
    };
    tandau::cli::open(&data, Durability::Full).await.unwrap().0
}

struct Server(Child);

impl Server {
    async fn start(folder: &Path, address: &str) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_tandau"))
            .args(["serve", "--listen", address, "--data"])
            .arg(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self(child);
        let started = Instant::now();
        while !client::ask(address, "GET", "/readyz", "", "")
            .await
            .is_ok_and(|r| r.status == 200)
        {
            assert!(started.elapsed() < Duration::from_secs(60), "not ready");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        server
    }

    /// No last words: the process is gone between two instructions.
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Answers until it is told that it counts.
async fn phone(address: Arc<str>, code: Arc<str>, number: u32, told: Arc<AtomicU32>) {
    let phone = loop {
        match Phone::join(&address, &code).await {
            Ok(phone) => break phone,
            Err(_) => tokio::time::sleep(Duration::from_millis(30)).await,
        }
    };
    // They come one after the other, some while the server is down.
    tokio::time::sleep(Duration::from_millis(u64::from(number) * 12)).await;
    let form = made::form(number);
    loop {
        if let Ok(reply) = phone.answer(&form).await
            && reply.status == 200
        {
            told.fetch_add(1, Ordering::SeqCst);
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_no_answer_and_counts_none_twice() {
    let folder = Folder(std::env::temp_dir().join(format!("tandau-hall-{}", std::process::id())));
    let _ = std::fs::remove_dir_all(&folder.0);
    std::fs::create_dir_all(&folder.0).unwrap();
    let app = open(&folder.0).await;
    let code: Arc<str> = made::survey(&app, "crash").await.unwrap().into();
    app.database.close().await;

    let address: Arc<str> = {
        let probe = TcpListener::bind("127.0.0.1:0").unwrap();
        probe.local_addr().unwrap().to_string().into()
    };
    let mut server = Server::start(&folder.0, &address).await;
    let told = Arc::new(AtomicU32::new(0));
    let mut phones = tokio::task::JoinSet::new();
    for number in 0..PHONES {
        let (address, code, told) = (Arc::clone(&address), Arc::clone(&code), Arc::clone(&told));
        phones.spawn(phone(address, code, number, told));
    }
    for blow in BLOWS {
        while told.load(Ordering::SeqCst) < blow {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        server.kill();
        let before = told.load(Ordering::SeqCst);
        assert!(before < PHONES, "answers were still on their way");
        server = Server::start(&folder.0, &address).await;
    }
    while let Some(counted) = phones.join_next().await {
        counted.unwrap();
    }
    server.kill();
    assert_eq!(told.load(Ordering::SeqCst), PHONES);

    let app = open(&folder.0).await;
    let (answered, spent, counters) = made::counted(&app, &code).await.unwrap();
    assert_eq!((answered, spent), (i64::from(PHONES), i64::from(PHONES)));
    assert_eq!(counters, made::sums(PHONES), "each answer whole and once");
    app.database.close().await;
}
