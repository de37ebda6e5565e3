// Saves a file that comes in pieces.

const files = new Map();
let last = 0;

export function begin() {
  files.set(++last, []);
  return last;
}

export function append(file, text) {
  const pieces = files.get(file);
  pieces.push(text);
  // A blob may live on disk; many strings live in memory.
  if (pieces.length >= 64) {
    files.set(file, [new Blob(pieces)]);
  }
}

export function finish(file, name, type) {
  const url = URL.createObjectURL(new Blob(files.get(file), { type }));
  files.delete(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

export function abandon(file) {
  files.delete(file);
}
