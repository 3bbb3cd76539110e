/** A photo of a pothole, drawn here: nobody's street. */
export function samplePhoto(): Promise<Blob> {
  return drawn(720, 960, 'image/jpeg', (pen) => {
    const sky = pen.createLinearGradient(0, 0, 0, 420);
    sky.addColorStop(0, '#7fb4dd');
    sky.addColorStop(1, '#e9f1f5');
    pen.fillStyle = sky;
    pen.fillRect(0, 0, 720, 420);
    for (const [left, width, height, color] of [
      [20, 190, 230, '#d9a25f'],
      [220, 150, 280, '#c9706a'],
      [380, 170, 210, '#8fb59a'],
      [560, 150, 260, '#d8c27a'],
    ] as const) {
      pen.fillStyle = color;
      pen.fillRect(left, 420 - height, width, height);
      pen.fillStyle = '#3b4a57';
      for (let floor = 0; floor < 2; floor += 1) {
        pen.fillRect(left + 26, 440 - height + floor * 90, 36, 50);
        pen.fillRect(left + width - 62, 440 - height + floor * 90, 36, 50);
      }
    }
    pen.fillStyle = '#b8b4aa';
    pen.fillRect(0, 420, 720, 60);
    pen.fillStyle = '#5c5f63';
    pen.fillRect(0, 480, 720, 480);
    pen.fillStyle = '#e7d37a';
    for (let at = 0; at < 4; at += 1) pen.fillRect(60 + at * 190, 520, 110, 14);
    pen.fillStyle = '#3a3835';
    hole(pen, 360, 750, 230, 110);
    pen.fillStyle = '#1f2a30';
    hole(pen, 370, 765, 180, 78);
    pen.fillStyle = '#6f93a8';
    hole(pen, 380, 780, 130, 44);
  });
}

/** A cheerful shell. */
export function sampleSticker(): Promise<Blob> {
  return drawn(512, 512, 'image/webp', (pen) => {
    pen.fillStyle = '#f6b73c';
    pen.beginPath();
    pen.moveTo(256, 440);
    pen.bezierCurveTo(40, 400, 20, 160, 256, 70);
    pen.bezierCurveTo(492, 160, 472, 400, 256, 440);
    pen.fill();
    pen.strokeStyle = '#b8700a';
    pen.lineWidth = 12;
    for (const x of [110, 180, 256, 332, 402]) {
      pen.beginPath();
      pen.moveTo(256, 430);
      pen.quadraticCurveTo(x, 300, x, 170);
      pen.stroke();
    }
    pen.fillStyle = '#2a1a05';
    for (const x of [205, 307]) {
      pen.beginPath();
      pen.arc(x, 270, 20, 0, 7);
      pen.fill();
    }
    pen.strokeStyle = '#2a1a05';
    pen.beginPath();
    pen.arc(256, 300, 54, 0.3, Math.PI - 0.3);
    pen.stroke();
  });
}

function hole(pen: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  pen.beginPath();
  pen.ellipse(x, y, width, height, 0.05, 0, 7);
  pen.fill();
}

function drawn(
  width: number,
  height: number,
  type: string,
  draw: (pen: CanvasRenderingContext2D) => void,
): Promise<Blob> {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const pen = canvas.getContext('2d');
  if (pen) draw(pen);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made'))), type, 0.85);
  });
}
