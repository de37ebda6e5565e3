-- Prosody 0.12 as Debian sets it up (/etc/prosody/prosody.cfg.lua), but for: ports, folders and log of the test's own, registration open, no
-- other servers, and the modules below the line. ProsodyProcess fills in what stands between @s.
modules_enabled = {
	"disco"; "roster"; "saslauth"; "tls";
	"blocklist"; "bookmarks"; "carbons"; "limits"; "pep"; "private"; "smacks"; "vcard4"; "vcard_legacy";
	"csi_simple"; "invites"; "invites_adhoc"; "invites_register"; "ping"; "register"; "time"; "uptime"; "version";
	"admin_adhoc"; "posix";
	------------------------------------------------
	"mam"; "websocket";
}
modules_disabled = { "s2s" }

pidfile = "@DIRECTORY@/prosody.pid"
data_path = "@DIRECTORY@/data"
certificates = "@DIRECTORY@"
log = { { levels = { min = "info" }; to = "console"; } }

interfaces = { "127.0.0.1" }
c2s_ports = { @STARTTLS@ }
c2s_direct_tls_ports = { @TLS@ }
c2s_direct_tls_ssl = { certificate = "@DIRECTORY@/certificate.pem"; key = "@DIRECTORY@/key.pem"; }
http_interfaces = { "127.0.0.1" }
http_ports = { @HTTP@ }
https_ports = {}
http_default_host = "@DOMAIN@"
-- The WebSocket stays on this machine; a proxy in front of it speaks TLS with the world.
consider_websocket_secure = true

limits = {
	c2s = { rate = "10kb/s"; };
}
authentication = "internal_hashed"
allow_registration = true
registration_invite_only = false
archive_expires_after = "1w"

VirtualHost "@DOMAIN@"
	ssl = { certificate = "@DIRECTORY@/certificate.pem"; key = "@DIRECTORY@/key.pem"; }
