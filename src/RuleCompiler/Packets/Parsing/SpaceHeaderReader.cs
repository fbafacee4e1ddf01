using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.Parsing;

/// <summary>Reads <c>exthdr</c> of a space: headers that packets have together, <c>|</c> between alternatives, <c>!</c> before all of it.</summary>
/// <remarks>Those behind a slash that are not before it are missing: <c>frag/frag,dst</c>, <c>NONE/hop</c>. What comes last is the protocol's.</remarks>
internal static class SpaceHeaderReader
{
    private const string None = "NONE";

    private static readonly FieldSet Ends = FieldSet.Union(
        [new(IpProtocol.Esp, IpProtocol.Esp), new(IpProtocol.NoNextHeader, IpProtocol.NoNextHeader)]);

    /// <returns>Null where a word is none; it is reported then.</returns>
    public static Condition? Read(ClauseSyntax clause, SourceText text, DiagnosticBag diagnostics)
    {
        if (clause.Values is not { } list)
        {
            diagnostics.Report(PacketDiagnostics.MissingValue.At(
                new Location(text, clause.Name.Span), clause.Name.Text, SpaceWords.Needs(clause.Name.Text)));
            return null;
        }
        var alternatives = new List<Condition>();
        foreach (var words in list.Alternatives)
        {
            var (parts, named, isMask) = (new List<Condition>(), new HashSet<string>(), false);
            foreach (var word in words)
            {
                if (!Read(word.Text, parts, named, ref isMask))
                {
                    diagnostics.Report(PacketDiagnostics.BadValue.At(
                        new Location(text, word.Span), clause.Name.Text, word.Text, SpaceWords.Needs(clause.Name.Text)));
                    return null;
                }
            }
            alternatives.Add(Condition.AllOf([.. parts]));
        }
        var union = Condition.AnyOf([.. alternatives]);
        return list.Bang is null ? union : Condition.Not(union);
    }

    /// <param name="word">A word, with the slash in it where one is.</param>
    /// <param name="parts">Takes what it says.</param>
    /// <param name="named">The headers spoken of so far.</param>
    /// <param name="isMask">Whether the slash has come.</param>
    private static bool Read(string word, List<Condition> parts, HashSet<string> named, ref bool isMask)
    {
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && !isMask)
        {
            var there = word[..slash];
            isMask = true;
            return (there == None ? parts.Count == 0 : Add(there, parts, named, isMask: false)) && Add(word[(slash + 1)..], parts, named, isMask: true);
        }
        switch (word)
        {
            case "*":
                return true;
            case None when parts.Count == 0 && !isMask:
                parts.Add(Condition.Field(PacketField.ExtensionHeaders, FieldSet.Of(0)));
                return true;
            default:
                return Add(word, parts, named, isMask);
        }
    }

    private static bool Add(string word, List<Condition> parts, HashSet<string> named, bool isMask)
    {
        if (!ClauseWords.IsExtensionHeader(word))
        {
            return false;
        }
        if (named.Add(word))
        {
            var has = Has(word);
            parts.Add(isMask ? Condition.Not(has) : has);
        }
        return true;
    }

    private static Condition Has(string word) => word switch
    {
        "esp" => Condition.Field(PacketField.Protocol, FieldSet.Of(IpProtocol.Esp)),
        "none" => Condition.Field(PacketField.Protocol, FieldSet.Of(IpProtocol.NoNextHeader)),
        "prot" => Condition.Field(PacketField.Protocol, Ends.Complement(byte.MaxValue)),
        _ => Condition.Field(PacketField.ExtensionHeaders, FieldSet.AnyBit(FieldNames.FindBit(PacketField.ExtensionHeaders, word) ?? 0)),
    };
}
