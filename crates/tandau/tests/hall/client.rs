//! A phone in a hall, without a browser: each request on a connection of its own, as over a Wi-Fi that comes and goes.
//! `make bench` uses the same.

use std::io::{Error, ErrorKind, Result};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

/// Longer than this nobody waits for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came back, whole.
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    /// A header of the answer.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    /// The cookie that was given, as it is sent back.
    pub fn cookie(&self) -> String {
        self.header("set-cookie")
            .and_then(|cookie| cookie.split(';').next())
            .unwrap_or_default()
            .to_owned()
    }
}

async fn talk(address: &str, request: &str) -> Result<Vec<u8>> {
    let stream = TcpStream::connect(address).await?;
    let mut rest = request.as_bytes();
    while !rest.is_empty() {
        stream.writable().await?;
        match stream.try_write(rest) {
            Ok(sent) => rest = rest.get(sent..).unwrap_or_default(),
            Err(e) if e.kind() == ErrorKind::WouldBlock => {}
            Err(e) => return Err(e),
        }
    }
    let mut all = Vec::new();
    let mut piece = vec![0; 16 * 1024];
    loop {
        stream.readable().await?;
        match stream.try_read(&mut piece) {
            Ok(0) => return Ok(all),
            Ok(got) => all.extend_from_slice(piece.get(..got).unwrap_or_default()),
            Err(e) if e.kind() == ErrorKind::WouldBlock => {}
            Err(e) => return Err(e),
        }
    }
}

/// Sends one request and takes the whole answer; an answer that was cut off is none.
pub async fn ask(
    address: &str,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> Result<Reply> {
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    );
    let bytes = tokio::time::timeout(PATIENCE, talk(address, &request))
        .await
        .map_err(|_| Error::from(ErrorKind::TimedOut))??;
    let cut = || Error::from(ErrorKind::UnexpectedEof);
    let end = bytes
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .ok_or_else(cut)?;
    let head = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned();
    let body = bytes.get(end + 4..).unwrap_or_default();
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .ok_or_else(cut)?;
    let reply = Reply {
        status,
        body: String::from_utf8_lossy(body).into_owned(),
        head,
    };
    let whole = reply
        .header("content-length")
        .is_none_or(|length| length.parse() == Ok(body.len()));
    if whole { Ok(reply) } else { Err(cut()) }
}

/// A phone whose page is open.
pub struct Phone {
    address: String,
    path: String,
    cookie: String,
    /// What it was given with its last word of presence, and how long it waits until the next.
    place: String,
    pause: Duration,
}

impl Phone {
    /// Opens the page as a browser does for the first time: the page, its sheet and script, the first word of presence.
    pub async fn join(address: &str, code: &str) -> Result<Self> {
        let path = format!("/s/{code}");
        let page = ask(address, "GET", &path, "Accept: text/html\r\n", "").await?;
        if page.status != 200 {
            return Err(Error::other(format!("the page: {}", page.status)));
        }
        for asset in page.body.split("/assets/").skip(1) {
            let name = asset.split('"').next().unwrap_or_default();
            if name.starts_with("hall.") {
                ask(
                    address,
                    "GET",
                    &format!("/assets/{name}"),
                    "Accept-Encoding: gzip\r\n",
                    "",
                )
                .await?;
            }
        }
        let mut phone = Self {
            address: address.to_owned(),
            cookie: page.cookie(),
            path,
            place: String::new(),
            pause: Duration::ZERO,
        };
        phone.word("reading").await?;
        Ok(phone)
    }

    /// Says what it is doing, for the same place as before.
    pub async fn word(&mut self, doing: &str) -> Result<()> {
        let form = "Content-Type: application/x-www-form-urlencoded\r\n";
        let path = format!("{}/here", self.path);
        let said = format!("was={}&now={doing}", self.place);
        let reply = ask(&self.address, "POST", &path, form, &said).await?;
        let heard: serde_json::Value = serde_json::from_str(&reply.body).map_err(Error::other)?;
        self.place = heard["place"].as_str().unwrap_or_default().to_owned();
        self.pause = Duration::from_secs(heard["pause_s"].as_u64().unwrap_or(4));
        Ok(())
    }

    /// Keeps its page open until a moment, speaking now and then as the page's script does.
    #[allow(dead_code, reason = "the benchmark's phones wait")]
    pub async fn stay(&mut self, until: Instant) {
        loop {
            let next = Instant::now() + self.pause.max(Duration::from_secs(1));
            if next >= until {
                return tokio::time::sleep_until(until.into()).await;
            }
            tokio::time::sleep_until(next.into()).await;
            // Nobody answers: the next word tries again.
            let _ = self.word("reading").await;
        }
    }

    /// Hands its answers over once, as the page's script does.
    pub async fn answer(&self, body: &str) -> Result<Reply> {
        let headers = format!(
            "Content-Type: application/x-www-form-urlencoded\r\nAccept: application/json\r\nCookie: {}\r\n",
            self.cookie
        );
        ask(&self.address, "POST", &self.path, &headers, body).await
    }
}
