// What is being written belongs to this module until it is sent: .NET gets drafts now and then and the text when it is sent, and never writes into
// the box while somebody types.

import { paint } from './chat-timeline.js';

const DRAFT_AFTER = 400; // ms without a key before a draft is kept
const TYPING_ENDS_AFTER = 5000; // ms without a key before "is typing" ends
const AFTER_COMPOSITION = 50; // ms in which Enter belongs to the input method

// By chat: what was handed over to be kept as its draft and is not kept yet. A box that opens meanwhile, in another window for instance, begins with it.
const beingKept = new Map();

/**
 * The box holds the draft.
 * @param owner gets Send(text) → whether it is kept, KeepDraft(text), Typing(typing), TooLong(bytes over, 0 when it fits), ToggleFormat(key), UseEmoji(emoji).
 */
export function attach(root, owner, draft, maxBytes, ctrlEnterSends) {
  // The component may have gone while this module was loading.
  return root && new Composer(root, owner, draft, maxBytes, ctrlEnterSends);
}

class Composer {
  #root;
  #box;
  #owner;
  #maxBytes;
  #ctrlEnterSends;
  #draftTimer = 0;
  #typingTimer = 0;
  #keptDraft;
  #typing = false;
  #over = 0;
  #compositionEnd = -Infinity;
  #sending = Promise.resolve();
  #unsent = [];
  #abort = new AbortController();
  #picker;

  constructor(root, owner, draft, maxBytes, ctrlEnterSends) {
    this.#root = root;
    this.#box = root.querySelector('textarea');
    this.#owner = owner;
    this.#maxBytes = maxBytes;
    this.#ctrlEnterSends = ctrlEnterSends;
    this.#keptDraft = draft;
    this.#box.value = beingKept.get(this.#chat) ?? draft;
    paint(this.#box);
    this.#listen();
    this.#fit();
    this.#measure();
    this.#box.readOnly = false;
    this.#takeFocus();
  }

  // Who opens a chat is about to write; but on a screen that is touched this would open the keyboard over what one wants to read.
  #takeFocus() {
    const page = this.#box.ownerDocument;
    if (page.defaultView.matchMedia('(pointer: fine)').matches && !page.querySelector('dialog[open]')) {
      this.#box.focus({ preventScroll: true });
    }
  }

  /** A setting or the look of the text has changed. */
  refresh(ctrlEnterSends) {
    this.#ctrlEnterSends = ctrlEnterSends;
    paint(this.#box);
    this.#fit();
  }

  focus() {
    this.#box.focus();
  }

  /** Puts text where the caret is. */
  insert(text) {
    this.#box.focus();
    // The only way that keeps the box's own undo.
    if (!this.#box.ownerDocument.execCommand('insertText', false, text)) {
      this.#box.setRangeText(text, this.#box.selectionStart, this.#box.selectionEnd, 'end');
      this.#box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }
  }

  /** Opens the emoji picker in a host element, or closes it. */
  async toggleEmoji(host, words, groups, recent) {
    if (this.#picker?.isOpen) {
      this.#picker.close();
      return;
    }
    const { EmojiPicker } = await import('./chat-emoji.js');
    if (this.#picker?.isOpen) {
      return; // pressed twice while it was loading
    }
    this.#picker ??= new EmojiPicker(emoji => this.#insertEmoji(emoji), () => this.#box.focus());
    this.#picker.open(host, { ...words, groups }, recent);
  }

  /** What has not been kept yet, or null; the caller keeps it. A text that is too long to send is too long to keep. */
  takeDraft() {
    clearTimeout(this.#draftTimer);
    const draft = this.#draft();
    if (draft === this.#keptDraft || this.#over > 0) {
      return null;
    }
    this.#keptDraft = draft;
    beingKept.set(this.#chat, draft);
    return draft;
  }

  draftIsKept(draft) {
    if (beingKept.get(this.#chat) === draft) {
      beingKept.delete(this.#chat);
    }
  }

  dispose() {
    this.#abort.abort();
    clearTimeout(this.#draftTimer);
    clearTimeout(this.#typingTimer);
    this.#picker?.close();
  }

  get #chat() {
    return this.#root.dataset.chatOf;
  }

  #insertEmoji(emoji) {
    this.insert(emoji);
    this.#tell('UseEmoji', emoji);
  }

  #draft() {
    return [...this.#unsent, this.#box.value].filter(text => text).join('\n');
  }

  #listen() {
    const { signal } = this.#abort;
    const view = this.#box.ownerDocument.defaultView;
    const on = (target, type, handler) => target.addEventListener(type, handler.bind(this), { signal });
    on(this.#box, 'input', this.#changed);
    on(this.#box, 'keydown', this.#keyDown);
    on(this.#box, 'compositionend', event => { this.#compositionEnd = event.timeStamp; });
    on(this.#box, 'blur', this.#flush);
    on(this.#root, 'click', event => {
      if (event.target.closest('[data-send]')) {
        this.#send();
      }
    });
    on(view, 'pagehide', this.#flush);
    on(view.document, 'visibilitychange', this.#flush);
    on(view, 'resize', this.#fit);
  }

  #changed() {
    this.#fit();
    this.#measure();
    clearTimeout(this.#draftTimer);
    this.#draftTimer = setTimeout(() => this.#keepDraft(), DRAFT_AFTER);
    this.#setTyping(this.#box.value.trim() !== '');
  }

  #keyDown(event) {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && 'biu'.includes(event.key.toLowerCase())) {
      event.preventDefault();
      this.#tell('ToggleFormat', event.key.toLowerCase());
      return;
    }
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) {
      return;
    }
    // The Enter that ends a composition (Chinese, Japanese…) is the input method's. Some tell by isComposing, some by the key code, and some end the
    // composition just before the key.
    if (event.isComposing || event.keyCode === 229) {
      return;
    }
    if (event.timeStamp - this.#compositionEnd < AFTER_COMPOSITION) {
      event.preventDefault();
      return;
    }
    const control = event.ctrlKey || event.metaKey;
    if (control || !this.#ctrlEnterSends) {
      event.preventDefault();
      if (!event.repeat) {
        this.#send();
      }
    }
  }

  #send() {
    const text = this.#box.value;
    if (text.trim() === '' || this.#measure() > 0) {
      this.#box.focus();
      return;
    }
    this.#box.value = '';
    this.#unsent.push(text);
    clearTimeout(this.#draftTimer);
    this.#setTyping(false);
    this.#fit();
    this.#box.focus();
    // One after another, so that the order stays.
    this.#sending = this.#sending.then(() => this.#deliver(text));
  }

  async #deliver(text) {
    let sent = false;
    try {
      sent = await this.#owner.invokeMethodAsync('Send', text);
    } catch {
      // The program behind the page does not answer: the text stays here.
    }
    const waiting = this.#unsent.splice(this.#unsent.indexOf(text), 1);
    if (sent) {
      if (this.#unsent.length === 0) {
        this.#keepDraft();
      }
      return;
    }
    this.#box.value = [...waiting, this.#box.value].filter(part => part).join('\n');
    this.#changed();
  }

  #measure() {
    // At most 3 bytes for a UTF-16 unit: most texts need no counting.
    const { value } = this.#box;
    const over = value.length * 3 <= this.#maxBytes ? 0 : Math.max(0, new TextEncoder().encode(value).length - this.#maxBytes);
    if (over !== this.#over) {
      this.#over = over;
      this.#box.setAttribute('aria-invalid', over > 0);
      this.#tell('TooLong', over);
    }
    return over;
  }

  #flush() {
    clearTimeout(this.#draftTimer);
    this.#keepDraft();
    this.#setTyping(false);
  }

  #keepDraft() {
    const draft = this.takeDraft();
    if (draft !== null) {
      this.#owner.invokeMethodAsync('KeepDraft', draft).then(() => this.draftIsKept(draft), () => { /* the app is going away */ });
    }
  }

  #setTyping(typing) {
    clearTimeout(this.#typingTimer);
    if (typing) {
      this.#typingTimer = setTimeout(() => this.#setTyping(false), TYPING_ENDS_AFTER);
    }
    if (typing !== this.#typing) {
      this.#typing = typing;
      this.#tell('Typing', typing);
    }
  }

  #tell(method, argument) {
    this.#owner.invokeMethodAsync(method, argument).catch(() => { /* the app is going away */ });
  }

  // Where the browser cannot size the box by its content.
  #fit() {
    if (!CSS.supports('field-sizing', 'content')) {
      this.#box.style.height = 'auto';
      this.#box.style.height = `${this.#box.scrollHeight + 2}px`;
    }
  }
}
