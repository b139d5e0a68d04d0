// Passkeys: asks the server for a question, the device for an answer, and sends it as an ordinary form.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const browser = window.PublicKeyCredential;
  const isNew = "new" in form.dataset;
  const read = isNew ? "parseCreationOptionsFromJSON" : "parseRequestOptionsFromJSON";
  // Browsers too old to read the question keep the password; and none makes a passkey for an address of digits.
  if (!browser?.[read] || /^[\d.]+$|:/.test(location.hostname)) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const trouble = form.querySelector(".trouble");
    trouble.hidden = true;
    try {
      const answer = await fetch(form.dataset.passkey, { method: "POST" });
      if (!answer.ok) throw new Error(answer.status);
      const publicKey = browser[read](await answer.json());
      const made = await (isNew ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
      form.elements.credential.value = JSON.stringify(made);
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
}
