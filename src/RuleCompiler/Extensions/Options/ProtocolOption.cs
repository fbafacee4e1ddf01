using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>A protocol by name or number; 0 and <c>all</c> mean any.</summary>
internal sealed class ProtocolOption(string name) : OptionSpec<ProtocolOption.Number>(name)
{
    private static readonly FieldSet[] Sets = [.. Enumerable.Range(0, 256).Select(n => FieldSet.Of((UInt128)n))];

    /// <summary>Those that a misspelt name is compared with.</summary>
    private static readonly ImmutableArray<string> CommonNames =
        ["tcp", "udp", "icmp", "ipv6-icmp", "sctp", "esp", "ah", "gre", "igmp", "ospf", "vrrp", "udplite", "dccp"];

    /// <summary>The only protocols that may be named; empty for any.</summary>
    public ImmutableArray<byte> Only { get; init; } = [];

    protected override bool TryRead(OptionReader reader, out Number value)
    {
        var number = FindCommon(reader.Bytes()) ?? Find(reader);
        value = new Number(number ?? 0);
        return (number is { } known && (Only.IsEmpty || Only.Contains(known))) || reader.Fail(OptionDiagnostics.UnknownProtocol, reader.Text(), Suggestion.For(reader.Text(), CommonNames));
    }

    protected override void WriteValue(Number value, RuleTextWriter writer) => writer.Word(IpProtocol.Name(value.Value));

    /// <summary>What begins with a digit is a number as the tools read numbers: <c>017</c> is 15.</summary>
    private static byte? Find(OptionReader reader) => XtablesNumber.TryParse(reader.Bytes(), byte.MaxValue, out var number) ? (byte)number
        : reader.Bytes() is [>= (byte)'0' and <= (byte)'9', ..] ? null
        : IpProtocol.Find(reader.Text());

    /// <summary>The names that nearly every rule uses, without making a string.</summary>
    private static byte? FindCommon(ReadOnlySpan<byte> name) => name switch
    {
        [(byte)'t', (byte)'c', (byte)'p'] => IpProtocol.Tcp,
        [(byte)'u', (byte)'d', (byte)'p'] => IpProtocol.Udp,
        [(byte)'i', (byte)'c', (byte)'m', (byte)'p'] => IpProtocol.Icmp,
        _ => null,
    };

    /// <summary>A protocol number; 0 is any.</summary>
    internal readonly record struct Number(byte Value) : IFieldValue
    {
        public bool IsAny => Value == 0;

        public FieldSet ToFieldSet() => IsAny ? FieldSet.Present : Sets[Value];
    }
}
