namespace RuleCompiler.Packets;

/// <summary>A policy routing rule: packets of this mark look in that table first.</summary>
public sealed record HostRule(MaskedNumber Mark, uint Table);
