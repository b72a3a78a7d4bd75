/** The style of the page. Light or dark, as the reader's system is. */
export const style = `:root { color-scheme: light dark; --line: light-dark(#d5d8dd, #3d434b); --quiet: light-dark(#555c66, #a6adb8); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; display: grid; grid-template-columns: 17rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1rem; border-right: 1px solid var(--line); font-size: .875rem; }
nav h2 { font-size: 1rem; margin: 1rem 0 .25rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { margin: .25rem 0; }
main { padding: 1.5rem 2rem 4rem; max-width: 60rem; }
h2 { margin-top: 3rem; }
h3 a { color: inherit; text-decoration: none; }
h4 { margin: 1rem 0 .25rem; }
section { border-top: 1px solid var(--line); padding-top: .5rem; margin-top: 1.5rem; }
code { font: .875em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { margin: .5rem 0; padding: .75rem; border: 1px solid var(--line); overflow-x: auto; }
.address b { display: inline-block; min-width: 4.5rem; }
.type, .example { color: var(--quiet); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); }
td:first-child code { overflow-wrap: normal; }
dt { font-weight: 600; margin-top: .5rem; }
dd { margin-left: 1rem; }
dd p, dd ul { margin: .25rem 0; }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; border: 0; } main { padding: 1rem; } }
`;
