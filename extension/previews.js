// What a file of the user's own looks like, for our own pages.

// So many letters of a text are shown.
const most = 20_000;

export async function textOf(blob) {
  const text = await blob.text();
  return text.length > most ? `${text.slice(0, most)} …` : text;
}

async function firstFrame(blob) {
  const video = document.createElement("video");
  video.muted = true;
  video.preload = "auto";
  const address = URL.createObjectURL(blob);
  try {
    await new Promise((done, failed) => {
      video.onloadeddata = done;
      video.onerror = failed;
      video.src = address;
    });
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    canvas.getContext("2d").drawImage(video, 0, 0);
    return await canvas.convertToBlob();
  } finally {
    URL.revokeObjectURL(address);
  }
}

// Shows a picture, or the first picture of a video, in an image. What the browser cannot show leaves it empty.
export async function preview(image, blob) {
  const shown = blob.type.startsWith("video/") ? await firstFrame(blob).catch(() => null) : blob;
  if (!shown) return;
  image.addEventListener("error", () => image.removeAttribute("src"), { once: true });
  image.src = URL.createObjectURL(shown);
}

// Whether a copy to hand on can be made of it: a picture that the browser turns into pixels, as in crate/evidence/media.rs.
export const canCopy = ({ media_type: type, kept }) => kept !== "reference" && ["image/png", "image/jpeg", "image/webp"].includes(type);

export const canShow = ({ media_type: type, kept }) => kept !== "reference" && type !== "image/heic" && /^(image|video)\//.test(type);
