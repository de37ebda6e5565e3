-- Prosody 0.12 as a good operator sets it up for many users on one machine. ./run puts paths and ports in for @WORDS@, and uncomments the line
-- that begins with --archive-- where there is to be an archive.
run_as_root = true -- ./run may be started by anybody
daemonize = false
pidfile = "@DATA@/prosody.pid"
data_path = "@DATA@"
certificates = "@CERTIFICATES@"
network_backend = "epoll"
log = { info = "@DATA@/prosody.log" }

interfaces = { "127.0.0.1" }
local_interfaces = { "127.0.0.1" }
c2s_ports = { @STARTTLS@ }
c2s_direct_tls_ports = { @TLS@ }
http_ports = { @WEB@ }
https_ports = { }
s2s_ports = { }

modules_enabled = {
    "roster"; "saslauth"; "tls"; "disco"; "ping"; "register_ibr"; "posix";
    "carbons"; "smacks"; "pep"; "private"; "blocklist"; "vcard4"; "vcard_legacy"; "csi_simple"; "websocket";
    --archive-- "mam";
}
modules_disabled = { "s2s" }

-- Log-in: SCRAM. No "limits" module, so nothing is slowed down; registration is open and not limited.
authentication = "internal_hashed"
allow_registration = true
registration_throttle_max = 0
-- STARTTLS is offered and not required, so that the same server also takes the runs without TLS.
c2s_require_encryption = false
consider_websocket_secure = true
allow_unencrypted_plain_auth = false
ssl = { protocol = "tlsv1_2+"; key = "@CERTIFICATES@/key.pem"; certificate = "@CERTIFICATES@/certificate.pem" }
https_ssl = ssl

-- Everything in one SQLite file, as the others have it. Its default is synchronous=FULL: each transaction is on disk.
storage = "sql"
sql = { driver = "SQLite3"; database = "@DATA@/prosody.sqlite" }
default_archive_policy = true
archive_expires_after = "never"

VirtualHost "localhost"
