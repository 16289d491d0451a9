// Sends the one form of the page. Without scripts its button does the same.
document.getElementById('auto').submit();
