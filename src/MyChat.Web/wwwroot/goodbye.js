// A page that is closed says goodbye, so that friends see it at once: .NET gets no time for that any more. A stream that just broke would be
// kept for resumption, and its user shown as online for minutes. What is not sent yet waits in the store.
(() => {
  'use strict';
  const streams = new Set();
  const Native = globalThis.WebSocket;
  globalThis.WebSocket = class WebSocket extends Native {
    constructor(url, protocols) {
      super(url, protocols);
      if ([protocols].flat().includes('xmpp')) {
        streams.add(this);
        this.addEventListener('close', () => streams.delete(this));
      }
    }
  };
  addEventListener('pagehide', () => {
    for (const stream of streams) {
      if (stream.readyState === Native.OPEN) {
        stream.send("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>"); // RFC 7395 §3.6
      }
    }
  });
})();
