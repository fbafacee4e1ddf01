using System.Diagnostics;
using System.Globalization;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>Does to the packet what targets do that go on with the next rule: marks, header fields, tracking.</summary>
internal sealed class EffectApplier(PacketState state)
{
    public void Apply(Effect? effect, ITraceSink sink)
    {
        switch (effect)
        {
            case Effect.SetMark set:
                SetMark(Combine(state.Mark, set.Mask, set.Value), sink);
                break;
            case Effect.SetConnectionMark set when state.Connection.HasEntry:
                SetConnectionMark(Combine(state.Connection.Mark, set.Mask, set.Value), sink);
                break;
            case Effect.SaveMark save when state.Connection.HasEntry:
                SetConnectionMark(
                    Combine(state.Connection.Mark, save.ConnectionMask, state.Mark, save.PacketMask), sink);
                break;
            case Effect.RestoreMark restore when state.Connection.HasEntry:
                SetMark(Combine(state.Mark, restore.PacketMask, state.Connection.Mark, restore.ConnectionMask), sink);
                break;
            case Effect.ShiftMark shift when state.Connection.HasEntry:
                ShiftMark(shift, sink);
                break;
            case Effect.SetTos tos:
                state.SetTos((byte)tos.Apply(state.Tos));
                Report(sink, "tos", state.Tos, "0x{0:x2}");
                break;
            case Effect.SetTtl ttl:
                state.SetTtl((byte)ttl.Apply(state.Ttl));
                Report(sink, "ttl", state.Ttl, "{0}");
                break;
            case Effect.ChangeTcp tcp:
                ChangeTcp(tcp, sink);
                break;
            case Effect.Untrack when state.Connection.IsUndecided:
                state.Untrack();
                break;
            case Effect.SetZone zone when state.Connection.IsUndecided:
                SetZone(zone, sink);
                break;
            case Effect.PrepareTracking when state.Connection.IsUndecided:
                state.PrepareTracking();
                break;
            case Effect.MapPrefix map:
                MapPrefix(map, sink);
                break;
            case Effect.HashMark:
                SetMark(new MaskedNumber(0, 0), sink);
                break;
            case Effect.ChangeSet { MapsMark: true }:
                SetMark(new MaskedNumber(0, 0), sink);
                state.HasChangedSets = true; // one target may do both
                break;
            case Effect.Several several:
                foreach (var part in several.Effects)
                {
                    Apply(part, sink);
                }
                break;
            case Effect.ChangeSet:
                state.HasChangedSets = true;
                break;
            case null or Effect.Log or Effect.Other or Effect.SetConnectionMark or Effect.SaveMark
                or Effect.RestoreMark or Effect.ShiftMark or Effect.Untrack or Effect.SetZone or Effect.PrepareTracking:
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void ChangeTcp(Effect.ChangeTcp effect, ITraceSink sink)
    {
        if (state.Packet is not { Protocol: IpProtocol.Tcp, IsLaterFragment: false })
        {
            return;
        }
        var before = state.Tcp ?? new TcpHeader(state.Packet);
        var after = effect switch
        {
            Effect.SetTcpFlags flags => before with { Flags = (TcpFlags)flags.Apply((uint)before.Flags) },
            Effect.LowerSegmentSize size => before.WithSegmentSize(size.Size, state.Packet),
            Effect.StripOptions options => before.Without(options.Kinds),
            _ => throw new UnreachableException(),
        };
        if (after == before)
        {
            return;
        }
        state.SetTcp(after);
        if (sink.WantsChanges)
        {
            Report(before, after, sink);
        }
    }

    private static void Report(TcpHeader before, TcpHeader after, ITraceSink sink)
    {
        if (after.Flags != before.Flags)
        {
            sink.Change("flags", ClauseWords.Print(after.Flags));
        }
        if (!after.Options.AsSpan().SequenceEqual(before.Options.AsSpan()))
        {
            sink.Change("options", string.Join(',', after.Options));
        }
        if (after.SegmentSize != before.SegmentSize && after.SegmentSize.Status != FieldStatus.Absent)
        {
            sink.Change("mss", after.SegmentSize.Status == FieldStatus.Present
                ? ((ushort)after.SegmentSize.Value).ToString(CultureInfo.InvariantCulture) : "unknown");
        }
    }

    /// <summary><c>(target &amp; ~cleared) ^ value</c>.</summary>
    public static MaskedNumber Combine(MaskedNumber target, uint cleared, uint value) =>
        Combine(target, cleared, MaskedNumber.Exact(value), uint.MaxValue);

    public void SetMark(MaskedNumber mark, ITraceSink sink)
    {
        state.SetMark(mark);
        Report(sink, "mark", mark);
    }

    /// <summary><c>(target &amp; ~cleared) ^ (value &amp; taken)</c>; a bit is known where every bit that goes into it is.</summary>
    private static MaskedNumber Combine(MaskedNumber target, uint cleared, MaskedNumber value, uint taken)
    {
        var known = (target.Mask | cleared) & (value.Mask | ~taken);
        return new MaskedNumber(((target.Value & ~cleared) ^ (value.Value & taken)) & known, known);
    }

    private void ShiftMark(Effect.ShiftMark shift, ITraceSink sink)
    {
        switch (shift.Unshifted)
        {
            case Effect.SetConnectionMark set:
                SetConnectionMark(Shifted(Combine(state.Connection.Mark, set.Mask, set.Value), uint.MaxValue, shift.Bits), sink);
                break;
            case Effect.SaveMark save:
                var saved = Shifted(state.Mark, save.PacketMask, shift.Bits);
                SetConnectionMark(Combine(state.Connection.Mark, save.ConnectionMask, saved, uint.MaxValue), sink);
                break;
            case Effect.RestoreMark restore:
                var restored = Shifted(state.Connection.Mark, restore.ConnectionMask, shift.Bits);
                SetMark(Combine(state.Mark, restore.PacketMask, restored, uint.MaxValue), sink);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Some bits of a number, shifted to the left, or by a negative count to the right; what comes in is 0, and known.</summary>
    private static MaskedNumber Shifted(MaskedNumber number, uint taken, int bits)
    {
        var value = number.Value & number.Mask & taken;
        var unknown = ~number.Mask & taken;
        return bits >= 0
            ? new MaskedNumber(value << bits, ~(unknown << bits))
            : new MaskedNumber(value >> -bits, ~(unknown >> -bits));
    }

    private void MapPrefix(Effect.MapPrefix map, ITraceSink sink)
    {
        var address = PrefixTranslation.Apply(map, (map.IsSource ? state.Source : state.Destination).Address);
        state.ReplaceAddress(map.IsSource, address);
        if (sink.WantsChanges)
        {
            sink.Change(map.IsSource ? "source" : "destination", address.ToString());
        }
    }

    private void SetZone(Effect.SetZone zone, ITraceSink sink)
    {
        // The connection's zone bears the number whichever direction it counts for (net/netfilter/nf_conntrack_core.c).
        state.PrepareTracking();
        state.SetZone(zone.FromMark ? (ushort)state.Mark.Value : zone.Zone);
        state.Connection.IsZoneOfMark = zone.FromMark;
        Report(sink, "zone", state.Connection.Zone, "{0}");
    }

    private void SetConnectionMark(MaskedNumber mark, ITraceSink sink)
    {
        state.SetConnectionMark(mark);
        Report(sink, "connmark", mark);
    }

    private static void Report(ITraceSink sink, string kind, MaskedNumber mark)
    {
        if (sink.WantsChanges)
        {
            sink.Change(kind, mark.Mask == uint.MaxValue ? $"0x{mark.Value:x}" : $"0x{mark.Value:x}/0x{mark.Mask:x}");
        }
    }

    private static void Report(ITraceSink sink, string kind, int value, string format)
    {
        if (sink.WantsChanges)
        {
            sink.Change(kind, string.Format(CultureInfo.InvariantCulture, format, value));
        }
    }
}
