namespace RuleCompiler.Packets.Parsing;

/// <summary>A clause: its name and its values.</summary>
/// <param name="Name">Such as <c>uid</c>.</param>
/// <param name="Values">Null where they were left out, and for a clause that has endpoints.</param>
/// <param name="Endpoints">The endpoints of <c>ctorig</c>, <c>ctrepl</c> and <c>nat</c>; null for another clause, and where they are broken.</param>
internal sealed record ClauseSyntax(Word Name, ListSyntax? Values, (ListSyntax Source, ListSyntax Destination)? Endpoints);
