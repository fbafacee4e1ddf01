using RuleCompiler.DecisionTables;
using RuleCompiler.Diffing;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Diffing;

/// <summary>Space expressions as sets of the packets that can be; a packet's own expression is one too.</summary>
internal sealed class SpaceSets
{
    private readonly Dictionary<string, List<ulong[]>> _boxes = [];
    private readonly SpaceLayout _layout;

    public SpaceSets(IEnumerable<string> expressions, Family family = Family.IPv4)
    {
        var spaces = expressions.Distinct().ToDictionary(text => text, Parse);
        _layout = JourneyWalker.LayoutOf([CompiledRuleset.CreateEmpty(family)], [], [.. spaces.Values.Select(space => space.Condition)]);
        var universe = new JourneySpace(_layout, hasFragments: false);
        foreach (var (text, space) in spaces)
        {
            _boxes.Add(text, universe.Limit(space.Condition) ?? throw new NotSupportedException(text));
        }
    }

    /// <summary>Whether some packet is in both.</summary>
    public bool Meet(string one, string other) => _boxes[one].Exists(box => _boxes[other].Exists(another => Meet(box, another)));

    private bool Meet(ulong[] one, ulong[] other)
    {
        ulong[] common = [.. one.Select((code, d) => Boxes.Meet(code, other[d], _layout.Dimensions[d].IsNarrow))];
        return !common.Contains(Boxes.Nothing) && _layout.HasPackets(common);
    }

    private static SpaceExpression Parse(string text)
    {
        var (space, problems) = SpaceExpression.Parse(SourceText.From(text));
        return space ?? throw new FormatException($"{text}: {string.Join("; ", problems)}");
    }
}
