using System.Collections.Immutable;

namespace RuleCompiler.Packets.Parsing;

/// <summary>An expression taken apart, its words not yet understood.</summary>
/// <param name="Header">Protocol, source and destination; null where they are broken.</param>
/// <param name="Clauses">The clauses in order.</param>
internal sealed record PacketSyntax(
    (ListSyntax Protocol, ListSyntax Source, ListSyntax Destination)? Header, ImmutableArray<ClauseSyntax> Clauses);
