// Loaded by Node before a program: names under example.org lead to this machine, as they do where
// such a service really runs.
const dns = require("node:dns");

const { lookup } = dns;
dns.lookup = (name, ...rest) => lookup(name.endsWith(".example.org") ? "127.0.0.1" : name, ...rest);
