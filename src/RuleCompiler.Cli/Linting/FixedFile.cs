using System.IO.Compression;
using RuleCompiler.Cli.Output;
using RuleCompiler.Linting.Fixing;

namespace RuleCompiler.Cli.Linting;

/// <summary>Puts a fixed dump in the place of the one that was read: whole or not at all, compressed as that was.</summary>
internal static class FixedFile
{
    /// <exception cref="CommandFailedException">It cannot be written.</exception>
    public static void Write(string path, FixResult fixes, Session session)
    {
        using var output = ResultOutput.Open(session, path);
        if (IsCompressed(path))
        {
            using var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            {
                gzip.Write(fixes.After.Tree.Text.Bytes);
            }
            output.Buffer.Append(compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
        }
        else
        {
            output.Buffer.Append(fixes.After.Tree.Text.Bytes);
        }
        output.Complete();
    }

    private static bool IsCompressed(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
    }
}
