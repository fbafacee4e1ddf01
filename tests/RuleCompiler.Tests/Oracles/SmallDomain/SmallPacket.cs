using System.Globalization;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>A packet as it stands at one hook, with every field that the small dumps ask for.</summary>
internal sealed record SmallPacket
{
    public Hook Hook { get; init; }

    public byte Protocol { get; init; }

    public uint Source { get; set; }

    public uint Destination { get; set; }

    /// <summary>Counts for TCP and UDP only, as the destination's.</summary>
    public ushort SourcePort { get; set; }

    public ushort DestinationPort { get; set; }

    /// <summary>Of FIN, SYN, RST and ACK; counts for TCP.</summary>
    public byte Flags { get; init; }

    /// <summary>Counts for ICMP.</summary>
    public (byte Type, byte Code) Icmp { get; init; }

    /// <summary>Null at hooks that have no such interface.</summary>
    public string? In { get; init; }

    public string? Out { get; init; }

    public SmallOwner? Owner { get; init; }

    public uint Mark { get; set; }

    public uint ConnectionMark { get; set; }

    /// <summary>What conntrack says of it once it has looked.</summary>
    public ConntrackState State { get; set; }

    /// <summary>Whether conntrack has not looked yet: in raw.</summary>
    public bool IsBeforeTracking { get; set; }

    /// <summary>Whether a CT target has decided how it is to be tracked.</summary>
    public bool IsTrackingDecided { get; set; }

    public int Zone { get; set; }

    public ConntrackState SeenState => IsBeforeTracking && State != ConntrackState.Untracked ? ConntrackState.Invalid : State;

    public bool HasEntry => SeenState is ConntrackState.New or ConntrackState.Established or ConntrackState.Related;

    public bool HasPorts => Protocol is IpProtocol.Tcp or IpProtocol.Udp;

    public bool IsIcmp => Protocol == IpProtocol.Icmp;

    /// <summary>Whether the chains of nat are asked: for first packets, and related ones that are no ICMP errors.</summary>
    public bool MeetsNat => State == ConntrackState.New || (State == ConntrackState.Related && !IsIcmp);

    /// <summary>The packet expression of it as it enters its hook.</summary>
    public string Expression
    {
        get
        {
            var words = new List<string>
            {
                Protocol switch
                {
                    IpProtocol.Tcp => "tcp",
                    IpProtocol.Udp => "udp",
                    IpProtocol.Icmp => "icmp",
                    _ => Protocol.ToString(CultureInfo.InvariantCulture),
                },
                End(Source, SourcePort),
                "->",
                End(Destination, DestinationPort),
            };
            words.AddRange(Protocol == IpProtocol.Tcp ? [$"flags {SmallFlags.Text(Flags)}"] : []);
            words.AddRange(IsIcmp ? [$"type {Icmp.Type}/{Icmp.Code}"] : []);
            words.AddRange(In is null ? [] : [$"in {In}"]);
            words.AddRange(Out is null ? [] : [$"out {Out}"]);
            words.AddRange(Owner is null ? [] : [Owner.Clauses]);
            words.Add($"state {State.ToString().ToUpperInvariant()} mark 0x{Mark:x}");
            words.AddRange(State is ConntrackState.Invalid or ConntrackState.Untracked ? [] : [$"ctmark 0x{ConnectionMark:x}"]);
            return string.Join(' ', words);
        }
    }

    private string End(uint address, ushort port) =>
        HasPorts ? $"{SmallWorld.Text(address)}:{port}" : SmallWorld.Text(address);
}
