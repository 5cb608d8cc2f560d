// The form for the photograph of a signed waybill: with script it is kept in the phone
// first and sent when it can be; what this browser cannot draw goes as the form it is.
import { pictureOf } from "../../../../shared/web/static/parts/photos.js";
import { facts } from "../../../../shared/web/static/parts/words.js";
import { photoNote } from "./waybill_button.js";
import { keepWaybill, photographed, WAYBILL_SIZE } from "./waybills.js";

export const bindPhotoForm = (form, desk) => {
  const { number } = form.dataset;
  let isWaiting = false;
  let isKeeping = false;

  // What waited and waits no more is shown by the page itself.
  const draw = async () => {
    const photo = (await photographed(facts.account)).get(number);
    if (isWaiting && photo !== "") location.reload();
    isWaiting = photo === "";
    form.querySelector("[data-kept]").replaceChildren(...photoNote(number, photo, draw));
  };

  const keep = async () => {
    const picture = await pictureOf(form.elements.photo.files[0], WAYBILL_SIZE);
    if (!picture) return form.submit();
    await keepWaybill(picture, { account: facts.account, number });
    return form.reset();
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isKeeping) return undefined; // a second press, while the picture is made small
    isKeeping = true;
    await keep().finally(() => {
      isKeeping = false;
    });
    await draw();
    return desk.send();
  });

  desk.onDraw(draw);
  return draw();
};
