// OAuth 2.0 Form Post Response Mode §2: kept as plain as can be, for browsers of all ages.
document.getElementById("answer").submit();
