namespace RuleCompiler.Packets;

/// <summary>Something that packets of a space have besides the values of fields: a set that they are in, an option that they carry.</summary>
/// <param name="Clause"><c>in-set</c>, <c>match</c>, <c>groups</c>, <c>options</c> or <c>chunks</c>.</param>
/// <param name="Value">A set's name, an option text, a number in decimal; <see cref="None"/> for 'nothing of the kind'.</param>
internal readonly record struct SpaceFact(PacketClause Clause, string Value)
{
    /// <summary>The value of having no option, no chunk at all.</summary>
    public const string None = "NONE";
}
