using System.Diagnostics;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.DecisionTables;

/// <summary>Prints what a row does: <c>accept</c>, <c>redirect :15001</c>, <c>set mark 0x1/0xff</c>.</summary>
internal readonly struct ActionText
{
    private readonly Utf8Buffer _buffer;
    private readonly int _start;

    private ActionText(Utf8Buffer buffer)
    {
        _buffer = buffer;
        _start = buffer.Length;
    }

    public static void Write(Utf8Buffer buffer, RuleAction action) => new ActionText(buffer).Write(action);

    /// <summary>The action's word, as JSON results name it too.</summary>
    public static ReadOnlySpan<byte> Name(ActionKind kind) => kind switch
    {
        ActionKind.Continue => "continue"u8,
        ActionKind.Accept => "accept"u8,
        ActionKind.Drop => "drop"u8,
        ActionKind.Reject => "reject"u8,
        ActionKind.Return => "return"u8,
        ActionKind.Queue => "queue"u8,
        ActionKind.Jump => "jump"u8,
        ActionKind.Goto => "goto"u8,
        ActionKind.Redirect => "redirect"u8,
        ActionKind.Dnat => "dnat"u8,
        ActionKind.Snat => "snat"u8,
        ActionKind.Masquerade => "masquerade"u8,
        ActionKind.Netmap => "netmap"u8,
        ActionKind.Tproxy => "tproxy"u8,
        ActionKind.Synproxy => "synproxy"u8,
        ActionKind.Notrack => "notrack"u8,
        ActionKind.Unknown => "unknown"u8,
        _ => throw new UnreachableException(),
    };

    private void Write(RuleAction action)
    {
        if (action.Kind == ActionKind.Continue && action.Target is not null)
        {
            WriteContinue(action.Target, action.Effect);
            return;
        }
        _buffer.Append(Name(action.Kind));
        if (action.Kind == ActionKind.Unknown)
        {
            _buffer.Append((byte)' ');
            _buffer.AppendDisplayed(action.Target);
        }
        if (action.Effect is not null and not Effect.Untrack)
        {
            WriteEffect(action.Effect);
        }
    }

    /// <summary>A target that goes on: what it changes, or else its name and options.</summary>
    private void WriteContinue(string target, Effect? effect)
    {
        if (effect is not null and not Effect.Log and not Effect.Other and not Effect.PrepareTracking
            and not Effect.ChangeSet and not Effect.HashMark and not Effect.LowerSegmentSize and not Effect.StripOptions)
        {
            WriteEffect(effect);
        }
        if (_buffer.Length == _start)
        {
            _buffer.AppendDisplayed(target.ToLowerInvariant());
            if (effect is not null)
            {
                WriteEffect(effect);
            }
        }
    }

    private void WriteEffect(Effect effect)
    {
        switch (effect)
        {
            case Effect.SetMark mark:
                WriteMark("set mark "u8, mark.Value, mark.Mask);
                break;
            case Effect.SetConnectionMark mark:
                WriteMark("set ctmark "u8, mark.Value, mark.Mask);
                break;
            case Effect.SaveMark save:
                WriteMarkCopy("save mark"u8, save.PacketMask, save.ConnectionMask);
                break;
            case Effect.RestoreMark restore:
                WriteMarkCopy("restore mark"u8, restore.ConnectionMask, restore.PacketMask);
                break;
            case Effect.ShiftMark shift:
                WriteEffect(shift.Unshifted);
                StartWord(shift.Bits > 0 ? "shifted left "u8 : "shifted right "u8);
                _buffer.AppendNumber(Math.Abs(shift.Bits));
                break;
            case Effect.SetTos tos:
                StartWord("set tos "u8);
                _buffer.AppendHex(tos.Value);
                _buffer.Append((byte)'/');
                _buffer.AppendHex(tos.Mask);
                break;
            case Effect.SetTtl ttl:
                StartWord("set ttl "u8);
                if (ttl.IsRelative && ttl.Value >= 0)
                {
                    _buffer.Append((byte)'+');
                }
                _buffer.AppendNumber(ttl.Value);
                break;
            case Effect.HashMark hash:
                WriteOptions(hash.Text);
                break;
            case Effect.MapPrefix map:
                StartWord(map.IsSource ? "set source prefix "u8 : "set destination prefix "u8);
                _buffer.AppendDisplayed(new AddressPrefix(map.To, map.Length).ToString());
                break;
            case Effect.Untrack when _buffer.Length > _start:
                break; // the action's own word says it
            case Effect.Untrack:
                StartWord("notrack"u8);
                break;
            case Effect.SetZone zone:
                WriteZone(zone);
                break;
            case Effect.Translate translate:
                WriteTranslation(translate);
                break;
            case Effect.MapNetwork map:
                StartWord([]);
                WriteNetwork(map);
                break;
            case Effect.RejectWith reject:
                StartWord([]);
                _buffer.AppendDisplayed(reject.Type);
                break;
            case Effect.ToQueue queue:
                WriteQueue(queue);
                break;
            case Effect.ProxyTo proxy:
                WriteProxy(proxy);
                break;
            case Effect.Log log:
                WriteOptions(log.Text);
                break;
            case Effect.ChangeSet change:
                WriteOptions(change.Text);
                break;
            case Effect.PrepareTracking prepare:
                WriteOptions(prepare.Text);
                break;
            case Effect.SetTcpFlags flags:
                StartWord("set flags "u8);
                _buffer.AppendDisplayed($"{ClauseWords.Print(flags.Value)}/{ClauseWords.Print(flags.Mask)}");
                break;
            case Effect.ChangeTcp change:
                WriteOptions(change.Text);
                break;
            case Effect.Other other:
                WriteOptions(other.Text);
                break;
            case Effect.Several several:
                foreach (var part in several.Effects)
                {
                    WriteEffect(part);
                }
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Begins the next word: a blank unless the text is empty.</summary>
    private void StartWord(ReadOnlySpan<byte> word)
    {
        if (_buffer.Length > _start)
        {
            _buffer.Append((byte)' ');
        }
        _buffer.Append(word);
    }

    private void WriteOptions(string options)
    {
        if (options.Length > 0)
        {
            StartWord([]);
            _buffer.AppendDisplayed(options);
        }
    }

    private void WriteMark(ReadOnlySpan<byte> word, uint value, uint mask)
    {
        StartWord(word);
        _buffer.AppendHex(value);
        if (mask != uint.MaxValue)
        {
            _buffer.Append((byte)'/');
            _buffer.AppendHex(mask);
        }
    }

    private void WriteMarkCopy(ReadOnlySpan<byte> word, uint fromMask, uint toMask)
    {
        StartWord(word);
        if (fromMask != uint.MaxValue || toMask != uint.MaxValue)
        {
            _buffer.Append((byte)' ');
            _buffer.AppendHex(fromMask);
            _buffer.Append(" to "u8);
            _buffer.AppendHex(toMask);
        }
    }

    private void WriteZone(Effect.SetZone zone)
    {
        StartWord("set zone "u8);
        if (zone.FromMark)
        {
            _buffer.Append("mark"u8);
        }
        else
        {
            _buffer.AppendNumber(zone.Zone);
        }
        if (zone.Direction is { } direction)
        {
            _buffer.Append(direction == 0 ? " original"u8 : " reply"u8);
        }
    }

    private void WriteTranslation(Effect.Translate translate)
    {
        if (translate.Low is not null || translate.Ports is not null)
        {
            StartWord([]);
        }
        if (translate.Low is { } low)
        {
            var isBracketed = translate.Ports is not null && low.Family == Netfilter.Family.IPv6;
            _buffer.Append(isBracketed ? "["u8 : []);
            _buffer.Append(low.ToString());
            if (translate.High is { } high && high != low)
            {
                _buffer.Append((byte)'-');
                _buffer.Append(high.ToString());
            }
            _buffer.Append(isBracketed ? "]"u8 : []);
        }
        if (translate.Ports is { } ports)
        {
            _buffer.Append((byte)':');
            _buffer.AppendNumber(ports.Low);
            if (ports.High != ports.Low)
            {
                _buffer.Append((byte)'-');
                _buffer.AppendNumber(ports.High);
            }
        }
        if (translate.BasePort is { } basePort)
        {
            _buffer.Append((byte)'/');
            _buffer.AppendNumber(basePort);
        }
        WriteFlag(translate.Flags, TranslateFlags.Random, "random"u8);
        WriteFlag(translate.Flags, TranslateFlags.RandomFully, "random-fully"u8);
        WriteFlag(translate.Flags, TranslateFlags.Persistent, "persistent"u8);
    }

    private void WriteFlag(TranslateFlags flags, TranslateFlags flag, ReadOnlySpan<byte> word)
    {
        if ((flags & flag) != 0)
        {
            StartWord(word);
        }
    }

    private void WriteNetwork(Effect.MapNetwork map)
    {
        var width = IpAddress.WidthOf(map.Network.Family);
        var hostBits = (UInt128.MaxValue >> (128 - width)) & ~map.Mask;
        _buffer.Append(map.Network.ToString());
        _buffer.Append((byte)'/');
        if ((hostBits & (hostBits + 1)) == 0)
        {
            _buffer.AppendNumber(width - (int)UInt128.PopCount(hostBits));
        }
        else
        {
            _buffer.Append((map.Network with { Value = map.Mask }).ToString());
        }
    }

    private void WriteQueue(Effect.ToQueue queue)
    {
        StartWord([]);
        _buffer.AppendNumber(queue.First);
        if (queue.Last != queue.First)
        {
            _buffer.Append((byte)'-');
            _buffer.AppendNumber(queue.Last);
        }
        _buffer.Append(queue.Bypass ? " bypass"u8 : []);
    }

    private void WriteProxy(Effect.ProxyTo proxy)
    {
        StartWord([]);
        _buffer.Append(proxy.Address is { } address && address.Value != 0
            ? address.ToString(proxy.Port)
            : FormattableString.Invariant($":{proxy.Port}"));
        if (proxy.MarkValue != 0 || proxy.MarkMask != 0)
        {
            WriteMark("set mark "u8, proxy.MarkValue, proxy.MarkMask);
        }
    }
}
