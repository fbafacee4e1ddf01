using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>Words that begin with a cache line and are never moved, so that a record of whole lines touches no more of them than it must.</summary>
internal readonly struct AlignedWords
{
    private const int LineBytes = 64;
    private readonly uint[] _words;
    private readonly nuint _start;

    public AlignedWords(ReadOnlySpan<uint> words)
    {
        _words = GC.AllocateUninitializedArray<uint>(words.Length + (LineBytes / sizeof(uint)), pinned: true);
        var address = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(_words, 0);
        _start = (0 - address) % LineBytes / sizeof(uint);
        words.CopyTo(_words.AsSpan((int)_start));
    }

    public ref uint First => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_words), _start);
}
