// Asking for more than is due brings up the question why; asking for less hides it.
const follow = (row) => {
  const question = row.querySelector("[data-over]");
  const input = row.querySelector("input[type=number]");
  if (!question || !input) return;
  const isOver = Number(input.value) > Number(row.dataset.due);
  question.hidden = !isOver;
  const choice = question.querySelector("select");
  if (!isOver && choice) choice.value = "";
};

document.addEventListener("input", (event) => {
  const row = event.target.closest("[data-ask]");
  if (row && event.target.type === "number") follow(row);
});
