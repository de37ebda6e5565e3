// Cuts a square out of a picture that the user chose.

const side = 256;

// Null: the file is no picture that the browser can show.
export async function open(input, canvas, zoom) {
  const file = input.files[0];
  input.value = '';
  if (!file || !/^image\/(png|jpeg|gif|webp)$/.test(file.type)) {
    return null;
  }
  try {
    return new Crop(await createImageBitmap(file), canvas, zoom);
  } catch {
    return null;
  }
}

class Crop {
  #image; #canvas; #zoom; #x = 0.5; #y = 0.5; #result;

  constructor(image, canvas, zoom) {
    this.#image = image;
    this.#canvas = canvas;
    this.#zoom = zoom;
    zoom.addEventListener('input', () => this.#draw());
    canvas.addEventListener('pointerdown', event => {
      canvas.setPointerCapture(event.pointerId);
      canvas.focus();
    });
    canvas.addEventListener('pointermove', event => {
      if (canvas.hasPointerCapture(event.pointerId)) {
        this.#move(-event.movementX / canvas.clientWidth, -event.movementY / canvas.clientHeight);
      }
    });
    canvas.addEventListener('wheel', event => {
      event.preventDefault();
      zoom.valueAsNumber -= Math.sign(event.deltaY) * 10;
      this.#draw();
    }, { passive: false });
    canvas.addEventListener('keydown', event => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (step) {
        event.preventDefault();
        this.#move(step[0] * 0.04, step[1] * 0.04);
      } else if (event.key === '+' || event.key === '-') {
        zoom.valueAsNumber += event.key === '+' ? 10 : -10;
        this.#draw();
      }
    });
    this.#draw();
  }

  // The square of the picture that is shown, in its pixels. x and y are its middle, as parts of the picture.
  #square() {
    const { width, height } = this.#image;
    const size = Math.min(width, height) * 100 / this.#zoom.valueAsNumber;
    const halfX = size / 2 / width;
    const halfY = size / 2 / height;
    this.#x = Math.min(1 - halfX, Math.max(halfX, this.#x));
    this.#y = Math.min(1 - halfY, Math.max(halfY, this.#y));
    return { left: this.#x * width - size / 2, top: this.#y * height - size / 2, size };
  }

  // By parts of what is shown.
  #move(dx, dy) {
    const { size } = this.#square();
    this.#x += dx * size / this.#image.width;
    this.#y += dy * size / this.#image.height;
    this.#draw();
  }

  #draw(canvas = this.#canvas) {
    const { left, top, size } = this.#square();
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(this.#image, left, top, size, size, 0, 0, canvas.width, canvas.height);
  }

  // The best that fits: PNG for drawings, else JPEG of falling quality, else smaller.
  async cut(maxBytes) {
    for (const pixels of [side, 192, 128, 96]) {
      const canvas = new OffscreenCanvas(pixels, pixels);
      this.#draw(canvas);
      for (const [type, quality] of [['image/png'], ['image/jpeg', 0.9], ['image/jpeg', 0.8], ['image/jpeg', 0.65]]) {
        const target = type === 'image/jpeg' ? onWhite(canvas) : canvas;
        const blob = await target.convertToBlob({ type, quality });
        if (blob.size <= maxBytes) {
          this.#result = blob.type;
          return new Uint8Array(await blob.arrayBuffer());
        }
      }
    }
    throw new Error('The picture cannot be made small enough.');
  }

  type() {
    return this.#result;
  }
}

// JPEG knows no transparency, and would make it black.
function onWhite(canvas) {
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  return copy;
}
