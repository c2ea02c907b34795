/** CSS from packages, imported for its effect. */
declare module "@fontsource-variable/inter";
declare module "@fontsource-variable/jetbrains-mono";
