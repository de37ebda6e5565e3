#!/usr/bin/python3
"""What two slixmpp clients think of a MyChat server: a second implementation of the client's side of each specification.

Needs python3-slixmpp. The certificate must be that of the server, or of who signed it. The accounts must exist and must not be
contacts of each other. Leaves alice a vCard, and both their messages; the contacts are deleted again.

    tests/clients/third_opinion.py 127.0.0.1 5222 localhost data/certificate.pem alice:password bob:password
"""
import asyncio
import logging
import os
import sys
import time

import slixmpp
from slixmpp.exceptions import IqError, IqTimeout
from slixmpp.plugins import xep_0082
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import StanzaPath

HOST, PORT, DOMAIN, CERTIFICATE = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
(ALICE, ALICE_PASSWORD), (BOB, BOB_PASSWORD) = (account.split(":", 1) for account in sys.argv[5:7])
failures = []


def check(sentence, holds, seen=""):
    print(("ok    " if holds else "FAILED"), sentence, f"  [{seen}]" if seen != "" else "", flush=True)
    if not holds:
        failures.append(sentence)


class Client(slixmpp.ClientXMPP):
    def __init__(self, user, password, resource):
        super().__init__(f"{user}@{DOMAIN}/{resource}", password)
        self.ca_certs = CERTIFICATE
        self.auto_authorize = None
        self.auto_subscribe = False
        for plugin in ("0004", "0012", "0030", "0054", "0055", "0059", "0092", "0115", "0184", "0191", "0198", "0199", "0202", "0203",
                       "0280", "0297", "0352", "0359"):
            self.register_plugin(f"xep_{plugin}")
        self.messages, self.carbons = asyncio.Queue(), asyncio.Queue()
        self.presences, self.presence_came = [], asyncio.Event()
        self.add_event_handler("message", self.messages.put_nowait)
        self.add_event_handler("message_error", self.messages.put_nowait)
        self.add_event_handler("carbon_received", self.carbons.put_nowait)
        self.add_event_handler("carbon_sent", self.carbons.put_nowait)
        self.register_handler(Callback("every presence", StanzaPath("presence"), self.keep_presence))
        self.started, self.resumed = asyncio.Event(), asyncio.Event()
        self.add_event_handler("session_start", lambda _: self.started.set())
        self.add_event_handler("session_resumed", lambda _: self.resumed.set())

    async def login(self):
        self.connect((HOST, PORT))
        await asyncio.wait_for(self.started.wait(), 15)

    async def online(self):
        await self.login()
        await self.get_roster()
        self.send_presence()
        return self

    async def quit(self):
        # XEP-0198 §4 recommends a last ack before the stream's end; slixmpp sends none, and would get its last messages again.
        self["xep_0198"].send_ack()
        await self.disconnect(wait=2)

    def keep_presence(self, presence):
        self.presences.append(presence)
        self.presence_came.set()

    async def presence_of(self, kind, sender, timeout=5):
        """The first presence of that kind that was not asked for before; what comes earlier of another kind stays."""
        async with asyncio.timeout(timeout):
            while True:
                for presence in self.presences:
                    if presence["type"] == kind and presence["from"].bare == sender:
                        self.presences.remove(presence)
                        return presence
                self.presence_came.clear()
                await self.presence_came.wait()

    async def text(self, timeout=5):
        async with asyncio.timeout(timeout):
            while True:
                message = await self.messages.get()
                if message["body"]:
                    return message


async def basics(alice, bob):
    server = await alice["xep_0030"].get_info(jid=DOMAIN)
    features = {f for f in server["disco_info"]["features"]}
    wanted = {"urn:xmpp:ping", "urn:xmpp:carbons:2", "urn:xmpp:blocking", "vcard-temp", "jabber:iq:search", "jabber:iq:last",
              "jabber:iq:version", "urn:xmpp:time", "msgoffline", "jabber:iq:register"}
    check("disco#info of the server names what it can do", wanted <= features, ", ".join(sorted(wanted - features)))
    check("the server's identity is server/im", ("server", "im") in {i[:2] for i in server["disco_info"]["identities"]})
    await alice["xep_0030"].get_items(jid=DOMAIN)
    check("ping of the server is answered", True, f"{1000 * await alice['xep_0199'].ping(DOMAIN):.1f} ms")
    check("ping of oneself is answered", await alice["xep_0199"].ping(alice.boundjid.bare) >= 0)
    version = (await alice["xep_0092"].get_version(DOMAIN))["software_version"]
    check("the server tells its version", version["name"] == "MyChat", f"{version['name']} {version['version']}")
    uptime = (await alice["xep_0012"].get_last_activity(DOMAIN))["last_activity"]["seconds"]
    check("last activity of the server is its uptime", uptime >= 0, f"{uptime} s")
    # slixmpp 1.8.3 appends a second Z to the time of others and then cannot parse it: read the text itself.
    clock = (await alice["xep_0202"].get_entity_time(DOMAIN)).xml.find(".//{urn:xmpp:time}utc").text
    check("the server's clock is this machine's", abs(xep_0082.parse(clock).timestamp() - time.time()) < 3, clock)


async def vcards_and_search(alice, bob):
    card = alice["xep_0054"].make_vcard()
    card["FN"], card["NICKNAME"] = "爱丽丝 & <Söhne>", "丽丽"
    await alice["xep_0054"].publish_vcard(card)
    seen = (await bob["xep_0054"].get_vcard(alice.boundjid.bare, cached=False))["vcard_temp"]
    check("a vCard comes back as it was stored", seen["FN"] == "爱丽丝 & <Söhne>", seen["FN"])
    iq = bob.make_iq_get(ito=DOMAIN, queryxmlns="jabber:iq:search")
    fields = [e.tag.split("}")[1] for e in (await iq.send()).xml[0]]
    check("search offers its fields", "nick" in fields or "x" in fields, ", ".join(fields))
    iq = bob.make_iq_set(ito=DOMAIN)
    query = slixmpp.xmlstream.ET.fromstring("<query xmlns='jabber:iq:search'><nick>丽丽</nick></query>")
    iq.xml.append(query)
    found = [item.get("jid") for item in (await iq.send()).xml[0] if item.get("jid")]
    check("search by a Chinese nickname finds the account", alice.boundjid.bare in found, ", ".join(found))


async def friends(alice, bob):
    a, b = alice.boundjid.bare, bob.boundjid.bare
    alice.send_presence_subscription(pto=b)
    await bob.presence_of("subscribe", a)
    bob.send_presence_subscription(pto=a, ptype="unsubscribed")
    await alice.presence_of("unsubscribed", b)
    check("a refused request is told to who asked", True)
    alice.send_presence_subscription(pto=b)
    await bob.presence_of("subscribe", a)
    bob.send_presence_subscription(pto=a, ptype="subscribed")
    bob.send_presence_subscription(pto=a)
    await alice.presence_of("subscribe", b)
    alice.send_presence_subscription(pto=b, ptype="subscribed")
    await bob.presence_of("available", a)
    await alice.presence_of("available", b)
    check("friends see each other online", True)
    bob.send_presence(pshow="away", pstatus="吃饭去了")
    away = await alice.presence_of("away", b)
    check("away and its text arrive", away["status"] == "吃饭去了", away["status"])
    check("the roster says both", alice.client_roster[b]["subscription"] == "both")


async def chat(alice, bob):
    text = "你好 😀👨‍👩‍👧 \U00020000 <&>\"' é\n第二行"
    for number in range(100):
        alice.send_message(mto=bob.boundjid.bare, mbody=f"{number} {text}", mtype="chat")
    got = [(await bob.text())["body"] for _ in range(100)]
    check("100 messages arrive unchanged and in order", got == [f"{number} {text}" for number in range(100)])


async def carbons(alice, bob):
    second = await Client(ALICE, ALICE_PASSWORD, "second").online()
    await second["xep_0280"].enable()
    await alice["xep_0280"].enable()
    alice.send_message(mto=bob.boundjid.bare, mbody="sent by the first", mtype="chat")
    await bob.text()
    sent = await asyncio.wait_for(second.carbons.get(), 5)
    check("a carbon of what the other resource sent", sent["carbon_sent"]["body"] == "sent by the first")
    bob.send_message(mto=alice.boundjid, mbody="for the first", mtype="chat")
    await alice.text()
    received = await asyncio.wait_for(second.carbons.get(), 5)
    check("a carbon of what the other resource received", received["carbon_received"]["body"] == "for the first")
    await second.quit()


async def offline(alice, bob):
    await bob.quit()
    gone = await alice.presence_of("unavailable", bob.boundjid.bare)
    check("a friend who quits is seen offline", gone is not None)
    seconds = (await alice["xep_0012"].get_last_activity(bob.boundjid.bare))["last_activity"]["seconds"]
    check("last activity of a friend who is offline", 0 <= seconds < 10, f"{seconds} s")
    for number in range(3):
        alice.send_message(mto=bob.boundjid.bare, mbody=f"offline {number} 晚安", mtype="chat")
    await alice["xep_0199"].ping(DOMAIN)
    bob = await Client(BOB, BOB_PASSWORD, "back").online()
    got = [await bob.text() for _ in range(3)]
    bodies, stamps = [m["body"] for m in got], [m["delay"]["stamp"] for m in got]
    check("offline messages arrive in order", bodies == [f"offline {n} 晚安" for n in range(3)], bodies)
    check("each says when it was sent", all(abs(stamp.timestamp() - time.time()) < 30 for stamp in stamps), stamps[0])
    return bob


async def resumption(alice, bob):
    sm = bob["xep_0198"]
    before = sm.sm_id
    check("stream management is on and resumable", sm.enabled_in and bool(before))
    bob.resumed.clear()
    bob.transport.abort()
    for number in range(20):
        alice.send_message(mto=bob.boundjid.bare, mbody=f"while the link is dead {number}", mtype="chat")
    await alice["xep_0199"].ping(DOMAIN)
    bob.connect((HOST, PORT))
    await asyncio.wait_for(bob.resumed.wait(), 15)
    got = [(await bob.text())["body"] for _ in range(20)]
    wanted = [f"while the link is dead {n}" for n in range(20)]
    check("the stream is resumed and nothing is lost", got == wanted, f"{len(got)}, first: {got[0]}")
    await bob["xep_0199"].ping(DOMAIN)
    check("nothing comes twice after the resumption", bob.messages.empty(), bob.messages.qsize())


async def blocking(alice, bob):
    await bob["xep_0191"].block(alice.boundjid.bare)
    alice.send_message(mto=bob.boundjid.bare, mbody="blocked", mtype="chat")
    async with asyncio.timeout(5):
        while (answer := await alice.messages.get())["type"] != "error":
            pass
    check("who is blocked gets an error", True, answer["error"]["condition"])
    await bob["xep_0191"].unblock(alice.boundjid.bare)
    alice.send_message(mto=bob.boundjid.bare, mbody="unblocked", mtype="chat")
    check("and is heard again when unblocked", (await bob.text())["body"] == "unblocked")


async def delete_friend(alice, bob):
    a, b = alice.boundjid.bare, bob.boundjid.bare
    await alice.update_roster(b, subscription="remove")
    await bob.presence_of("unsubscribed", a)
    check("a deleted friend is told", True)
    roster = (await alice.make_iq_get(queryxmlns="jabber:iq:roster").send())["roster"]["items"]
    check("the deleted friend is gone from the roster", slixmpp.JID(b) not in roster)
    await bob.update_roster(a, subscription="remove")


async def main():
    alice, bob = Client(ALICE, ALICE_PASSWORD, "first"), Client(BOB, BOB_PASSWORD, "phone")
    await asyncio.gather(alice.online(), bob.online())
    for scene in (basics, vcards_and_search, friends, chat, carbons):
        await play(scene, alice, bob)
    bob = await offline(alice, bob)
    for scene in (resumption, blocking, delete_friend):
        await play(scene, alice, bob)
    await asyncio.gather(alice.quit(), bob.quit())


async def play(scene, alice, bob):
    try:
        await scene(alice, bob)
    except (IqError, IqTimeout, asyncio.TimeoutError, KeyError) as error:
        check(scene.__name__, False, repr(error))


logging.basicConfig(level=os.environ.get("LOG", "ERROR"), format="%(asctime)s %(levelname)s %(message)s")
asyncio.get_event_loop().run_until_complete(main())
print("all is well" if not failures else f"{len(failures)} failed")
sys.exit(bool(failures))
