// The query console: sends what is written, shows what comes back. Answers are only ever set as text.
const form = document.getElementById("form");
const query = document.getElementById("query");
const variables = document.getElementById("variables");
const answer = document.getElementById("answer");
const state = document.getElementById("state");

function readVariables() {
  const written = variables.value.trim();
  return written ? JSON.parse(written) : {};
}

async function ask() {
  state.textContent = "Asking …";
  const body = JSON.stringify({ query: query.value, variables: readVariables() });
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  const said = await response.json();
  answer.textContent = JSON.stringify(said, null, 2);
  const cost = said.extensions ? `, cost ${said.extensions.cost.requestedQueryCost}` : "";
  state.textContent = `${said.errors ? "Answered with errors" : "Answered"}${cost}`;
}

async function submit() {
  try {
    await ask();
  } catch (error) {
    answer.textContent = "";
    state.textContent = `Not answered: ${error.message}`;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});

form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    submit();
  }
});
