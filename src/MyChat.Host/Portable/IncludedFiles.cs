using System.IO.Pipelines;
using System.Xml;
using MyChat.Host.Commands;
using MyChat.Storage;
using MyChat.Xmpp.Xeps;

namespace MyChat.Host.Portable;

/// <summary>
/// Reads a file of XEP-0227 with those that it includes as one (§4): relative files of the same folder and those below, included on the level
/// of hosts, users or parts of a user. What stands deeper is users' data, and left as it is.
/// </summary>
internal sealed class IncludedFiles
{
    private const int DeepestInclude = 3; // server-data, host, user: children of these
    private const int LongestChain = 8;

    private static readonly XmlReaderSettings Reading = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly string _folder;
    private readonly XmlWriter _output;
    private readonly IProgress<OperationProgress> _progress;
    private readonly CancellationToken _cancellation;

    private IncludedFiles(string folder, XmlWriter output, IProgress<OperationProgress> progress, CancellationToken cancellation) =>
        (_folder, _output, _progress, _cancellation) = (folder, output, progress, cancellation);

    /// <summary>Gives a consumer the whole as one document, as it reads.</summary>
    /// <exception cref="Failure">A file cannot be read, or is not XML.</exception>
    public static async Task<T> ReadAsync<T>(
        string path, IProgress<OperationProgress> progress, Func<Stream, Task<T>> consume, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pipe = new Pipe();
        var writing = Task.Run(() => WriteAsync(path, pipe.Writer, progress, stop.Token), CancellationToken.None);
        try
        {
            return await consume(pipe.Reader.AsStream());
        }
        finally
        {
            await stop.CancelAsync();
            await pipe.Reader.CompleteAsync();
            await writing;
        }
    }

    private static async Task WriteAsync(string path, PipeWriter pipe, IProgress<OperationProgress> progress, CancellationToken cancellation)
    {
        try
        {
            await using (var output = XmlWriter.Create(pipe.AsStream(leaveOpen: true), new XmlWriterSettings { Async = true, NewLineHandling = NewLineHandling.Entitize }))
            {
                await new IncludedFiles(Path.GetDirectoryName(path)!, output, progress, cancellation).CopyFileAsync(path, 0, 0); // a file is in a folder
            }

            await pipe.CompleteAsync();
        }
        catch (Exception failure)
        {
            // Who reads at the other end gets it.
            await pipe.CompleteAsync(failure);
        }
    }

    private async Task CopyFileAsync(string path, int level, int chain)
    {
        await using var file = Files.Read(path);
        using var reader = XmlReader.Create(file, Reading);
        var step = Path.GetFileName(path);
        try
        {
            while (await reader.ReadAsync())
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    await CopyAsync(reader, level, chain, () => _progress.Report(new OperationProgress(step, file.Position / 1024, file.Length / 1024)));
                }
            }
        }
        catch (XmlException wrong)
        {
            throw Failure.Now($"{Failure.Printable(path)} is not XML as it should be: {Failure.Printable(wrong.Message)}");
        }
    }

    /// <summary>Copies the element that the reader stands at; the reader then stands at its end.</summary>
    private async Task CopyAsync(XmlReader reader, int level, int chain, Action tell)
    {
        _cancellation.ThrowIfCancellationRequested();
        tell();
        if (reader.LocalName == PortableFormat.Include.Local && reader.NamespaceURI == PortableFormat.IncludeNs && level is > 0 and <= DeepestInclude)
        {
            await IncludeAsync(reader, level, chain);
            return;
        }

        // Parts of a user, however long, have messages below them that are copied one by one.
        await _output.WriteStartElementAsync(reader.Prefix, reader.LocalName, reader.NamespaceURI);
        await _output.WriteAttributesAsync(reader, true);
        if (!reader.IsEmptyElement)
        {
            var depth = reader.Depth;
            while (await reader.ReadAsync() && reader.Depth > depth)
            {
                await CopyNodeAsync(reader, level + 1, chain, tell);
            }
        }

        await _output.WriteEndElementAsync();
    }

    private async Task CopyNodeAsync(XmlReader reader, int level, int chain, Action tell)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                await CopyAsync(reader, level, chain, tell);
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                await _output.WriteStringAsync(reader.Value);
                break;
        }
    }

    private async Task IncludeAsync(XmlReader reader, int level, int chain)
    {
        var href = reader.GetAttribute("href") ?? "";
        if (reader.GetAttribute("parse") is not null || reader.GetAttribute("xpointer") is not null || href.Length == 0)
        {
            throw Failure.Now($"an include of another kind than XEP-0227 §4 has: {Failure.Printable(href)}");
        }

        var path = Uri.TryCreate(href, UriKind.Absolute, out _) && href.Contains(':', StringComparison.Ordinal)
            ? "" : Path.GetFullPath(Path.Combine(_folder, Uri.UnescapeDataString(href)));
        if (!path.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || chain >= LongestChain)
        {
            throw Failure.Now($"an include that leads away from the folder, or in a circle: {Failure.Printable(href)}");
        }

        if (!reader.IsEmptyElement)
        {
            await reader.SkipAsync();
        }

        await CopyFileAsync(path, level, chain + 1);
    }
}
