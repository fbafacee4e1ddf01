using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>A small dump without unknowns as the product's boxes.</summary>
internal sealed class SmallSpace
{
    private SmallSpace(SmallDump dump)
    {
        Dump = dump;
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(dump.ToString())), new CompilationOptions { Family = Family.IPv4 });
        var tables = compilation.GetTables(Family.IPv4) ?? throw new InvalidDataException();
        Layout = SpaceLayout.Of(tables);
        Rules = new SpaceRuleset(tables, Layout, new UnknownTable());
        Entries = new EntrySpace(Layout, hasFragments: false);
        Host = HostInference.Infer(compilation);
    }

    public SmallDump Dump { get; }

    public SpaceLayout Layout { get; }

    public SpaceRuleset Rules { get; }

    public EntrySpace Entries { get; }

    /// <summary>The machine that the dump could be of.</summary>
    public HostFacts Host { get; }

    public static SmallSpace Of(int seed)
    {
        var dump = SmallGenerator.Dump(seed) with { Family = Family.IPv4 };
        return new SmallSpace(dump.Without((_, rule) => rule.HasUnknowns));
    }

    public SpaceChain Find(SmallChain chain) =>
        Rules.Chains.Single(other => other.Symbol.Table == chain.Table && other.Symbol.Name == chain.Name);

    /// <summary>All packets that can enter a hook, with their points.</summary>
    public List<(SmallPacket Packet, int[] Point)> At(Hook hook) =>
        [.. SmallPackets.At(hook, Dump.Fields).Select(packet => (packet, SmallPoint.Of(Layout, packet)))];
}
