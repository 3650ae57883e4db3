// The query console: sends the query and shows the response. Responses are only ever set as text.
const form = document.getElementById("form");
const query = document.getElementById("query");
const variables = document.getElementById("variables");
const answer = document.getElementById("answer");
const state = document.getElementById("state");

function readVariables() {
  const text = variables.value.trim();
  return text ? JSON.parse(text) : {};
}

async function run() {
  state.textContent = "Running …";
  const body = JSON.stringify({ query: query.value, variables: readVariables() });
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  const result = await response.json();
  answer.textContent = JSON.stringify(result, null, 2);
  const cost = result.extensions ? `, cost ${result.extensions.cost.requestedQueryCost}` : "";
  state.textContent = `${result.errors ? "Answered with errors" : "Answered"}${cost}`;
}

async function submit() {
  try {
    await run();
  } catch (error) {
    answer.textContent = "";
    state.textContent = `No answer: ${error.message}`;
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
